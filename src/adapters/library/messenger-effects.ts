import { defineEffects } from "../contract.ts";
import { remoteVerb } from "../shape/remote-verb.ts";

/** Messages to people by other ways than mail: text messages, chats, push notifications, posts. */
export const messengerEffects = defineEffects({
  name: "messengers",
  packages: [
    "twilio",
    "@vonage/*",
    "messagebird",
    "plivo",
    "@slack/*",
    "web-push",
    "expo-server-sdk",
    "onesignal-node",
    "@onesignal/*",
    "node-telegram-bot-api",
    "telegraf",
    "grammy",
    "discord.js",
    "twitter-api-v2",
    "apn",
    "@parse/node-apn",
    "node-pushnotifications",
  ],
  effectOf(call) {
    if (/^(sendNotification|sendPushNotificationsAsync|postMessage|reply|v2|say|chat)$/.test(call.member)) {
      return { effect: "write", label: "message", external: true };
    }
    const effect = remoteVerb(call.member);
    return effect && (call.target.path.length > 0 || call.member.startsWith("send"))
      ? { effect, label: "message", external: true }
      : null;
  },
});
