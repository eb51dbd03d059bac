export * from "./report-entry.entity";
export * from "./reporting.module";
export * from "./reporting.service";
export * from "./weekly-report";
