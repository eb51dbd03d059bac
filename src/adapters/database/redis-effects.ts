import { defineEffects, type LibraryCall, type LibraryEffect } from "../contract.ts";
import { names } from "../members.ts";

const WRITES = new Set(
  names(`set setex psetex setnx mset msetnx append getset getdel getex del unlink expire pexpire expireat pexpireat persist
  rename renamenx copy move restore touch incr incrby incrbyfloat decr decrby setrange setbit bitop bitfield hset hsetnx
  hmset hdel hincrby hincrbyfloat hexpire lpush rpush lpushx rpushx lpop rpop lset linsert lrem ltrim lmove rpoplpush
  blpop brpop blmove lmpop blmpop sadd srem spop smove sinterstore sunionstore sdiffstore zadd zincrby zrem
  zremrangebyscore zremrangebyrank zremrangebylex zpopmin zpopmax bzpopmin bzpopmax zunionstore zinterstore
  zrangestore pfadd pfmerge geoadd xdel xtrim xack xclaim xautoclaim xgroup xreadgroup xsetid flushall flushdb eval
  evalsha fcall call sendcommand function script json.set json.del`),
);
const READS = new Set(
  names(`get mget strlen getrange getbit bitcount bitpos exists keys scan scanstream type ttl pttl expiretime object dump
  randomkey dbsize hget hmget hgetall hkeys hvals hlen hexists hstrlen hscan hscanstream lrange llen lindex lpos
  smembers sismember smismember scard srandmember sinter sunion sdiff sscan sscanstream zrange zrangebyscore zrevrange
  zrevrangebyscore zrangebylex zscore zmscore zcard zcount zrank zrevrank zscan zscanstream pfcount geopos geodist
  georadius geosearch xrange xrevrange xlen xread xinfo xpending info memory time json.get`),
);
const PUBLISHES = new Set(names("publish spublish xadd"));

/** Redis by command, in any spelling: `hSet`, `hset`, `HSET`. What a script does cannot be seen: taken for a change. */
export const redisEffects = defineEffects({
  name: "redis",
  packages: [
    "redis",
    "@redis/*",
    "ioredis",
    "handy-redis",
    "@upstash/redis",
    "@valkey/*",
    "iovalkey",
    "@nestjs-modules/ioredis",
    "@liaoliaots/nestjs-redis",
    "@songkeys/nestjs-redis",
  ],
  effectOf(call) {
    const command = call.member.toLowerCase().replace(/buffer$/, "");
    if (PUBLISHES.has(command))
      return { effect: "write", label: command === "xadd" ? "stream" : "channel", publishes: true, external: true };
    if (command === "set" && isLock(call)) return write("lock");
    if (WRITES.has(command)) return write("cache");
    return READS.has(command) ? { effect: "read", label: "cache", external: true } : null;
  },
});

function write(label: string): LibraryEffect {
  return { effect: "write", label, external: true };
}

/** `set(key, token, "NX")`, `{ NX: true }`: whoever comes second is refused. */
function isLock(call: LibraryCall): boolean {
  return (
    call.options.NX === "true" ||
    call.options.nx === "true" ||
    call.options.condition === "NX" ||
    call.texts.includes("NX")
  );
}
