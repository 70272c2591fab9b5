export type { Adoption } from "./adoption.ts";
export { type AdoptedFile, adoptedFolder, writeFiles } from "./files.ts";
export { filesFor } from "./files-for.ts";
export { Inexpressible } from "./fit.ts";
export { type Found, describe } from "./found.ts";
export { look } from "./look.ts";
export { configKey } from "./names.ts";
export { refuseInUse } from "./refuse-in-use.ts";
export { workflowRules } from "./workflow-settings.ts";
