export { type CommandLineOptions, loadConfig } from "./config/load-config.ts";
export * from "./model/index.ts";
export { type AnalyzeOptions, analyze } from "./pipeline/analyze.ts";
export { type CheckOptions, check, type Policy } from "./pipeline/check.ts";
export { scan } from "./pipeline/scan.ts";
export { planMigration } from "./plan/plan-migration.ts";
