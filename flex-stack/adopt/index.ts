export { type Adoption, adoptionOf } from "./adoption.ts";
export { type AdoptedFile, adoptedFolder, definitionFile, filesOf, writeFiles } from "./files.ts";
export { Inexpressible } from "./fit.ts";
export { type Found, describe } from "./found.ts";
export { configKey } from "./names.ts";
export { readAccount } from "./read-account.ts";
export { workflowRules } from "./workflow-settings.ts";
