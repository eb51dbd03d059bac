import { defineEffects } from "../contract.ts";
import { none } from "../members.ts";

/** Dates and durations. */
export const dateEffects = defineEffects({
  name: "dates",
  packages: [
    "date-fns",
    "date-fns-tz",
    "dayjs",
    "moment",
    "moment-timezone",
    "luxon",
    "ms",
    "@date-fns/*",
    "@js-joda/*",
    "temporal-polyfill",
    "@js-temporal/*",
    "cron-parser",
    "rrule",
    "timespan",
    "chrono-node",
    "humanize-duration",
  ],
  effectOf: none,
});
