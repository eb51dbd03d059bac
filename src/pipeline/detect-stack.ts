import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Config, Stack } from "../model/index.ts";

const FRAMEWORKS = { "@nestjs/core": "NestJS", fastify: "Fastify", express: "Express", hono: "Hono", koa: "Koa" };
const ORMS = {
  typeorm: "TypeORM",
  "@prisma/client": "Prisma",
  "drizzle-orm": "Drizzle",
  "@mikro-orm/core": "MikroORM",
  sequelize: "Sequelize",
  mongoose: "Mongoose",
  knex: "Knex",
  kysely: "Kysely",
};
const DATABASES = { pg: "PostgreSQL", mysql2: "MySQL", "better-sqlite3": "SQLite", mongodb: "MongoDB" };

/** What the nearest `package.json` says the repository is made of. */
export async function detectStack(config: Config): Promise<Stack> {
  const found = await nearestPackage(config.root);
  const dependencies: Record<string, string> = { ...found?.devDependencies, ...found?.dependencies };
  const pick = (table: Record<string, string>) => {
    const name = Object.keys(table).find((candidate) => candidate in dependencies);
    return name === undefined ? undefined : `${table[name]}${major(dependencies[name])}`;
  };
  const [framework, orm, database] = [pick(FRAMEWORKS), pick(ORMS), pick(DATABASES)?.split(" ")[0]];
  return {
    name: found?.name ?? path.basename(config.root),
    ...(framework && { framework }),
    ...(orm && { orm }),
    ...(database && { database }),
  };
}

function major(range: string | undefined): string {
  const match = /(\d+)(?:\.(\d+))?/.exec(range ?? "");
  if (!match) return "";
  return match[1] === "0" ? ` 0.${match[2] ?? "0"}` : ` ${match[1]}`;
}

interface PackageJson {
  readonly name?: string;
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
}

async function nearestPackage(root: string): Promise<PackageJson | null> {
  for (let folder = root; ; folder = path.dirname(folder)) {
    try {
      return JSON.parse(await readFile(path.join(folder, "package.json"), "utf8")) as PackageJson;
    } catch (error) {
      // Not there, or not JSON: the headline then goes by the folder's name; nothing else depends on it.
      if (path.dirname(folder) === folder) return null;
      if (error instanceof SyntaxError) return null;
    }
  }
}
