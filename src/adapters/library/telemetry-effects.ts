import { defineEffects } from "../contract.ts";
import { none } from "../members.ts";

/** Metrics, traces and error reports: they watch, and nothing depends on them. */
export const telemetryEffects = defineEffects({
  name: "telemetry",
  packages: [
    "@opentelemetry/*",
    "prom-client",
    "@willsoto/nestjs-prometheus",
    "@sentry/*",
    "@sentry-internal/*",
    "raven",
    "@ntegral/nestjs-sentry",
    "dd-trace",
    "newrelic",
    "hot-shots",
    "node-statsd",
    "statsd-client",
    "statsd",
    "lynx",
    "elastic-apm-node",
    "applicationinsights",
    "@bugsnag/*",
    "@rollbar/*",
    "rollbar",
    "@honeycombio/*",
    "@appsignal/*",
    "perf_hooks",
    "diagnostics_channel",
  ],
  effectOf: none,
});
