export type { Baseline } from "./baseline.ts";
export { readBaseline, writeBaseline } from "./baseline-file.ts";
export { checkDriftOptions } from "./check-options.ts";
export {
  type ConfigFile,
  type ConfigFiles,
  applyEdits,
  configOf,
  placeOf,
  readConfigFiles,
  settingsOf,
  writeConfigFile,
} from "./config-files.ts";
export { configKey, editsFor, entryFor } from "./config-place.ts";
export { driftDocument } from "./drift-document.ts";
export { driftJson } from "./drift-json.ts";
export { type ConfigContext, type Edit, valueAt } from "./edit.ts";
export type { Finding } from "./finding.ts";
export { type Inspection, inspect } from "./inspect.ts";
export type { DriftOptions } from "./options.ts";
export { programText } from "./program-text.ts";
export { type DriftReport, alarming } from "./report.ts";
export { alarms } from "./verdict.ts";
