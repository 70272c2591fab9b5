export { type Baseline, type BaselineEntry, dayOf, isDay, parseBaseline, withEntries } from "./baseline.ts";
export { driftDocument } from "./drift-document.ts";
export { driftJson } from "./drift-json.ts";
export type { Finding } from "./finding.ts";
export { type Inspection, inspect } from "./inspect.ts";
export type { DriftOptions } from "./options.ts";
export { type DriftReport, alarming } from "./report.ts";
export { type PlannedEdit, planEdits } from "./take-into-config.ts";
export { alarms } from "./verdict.ts";
