/**
 * What a change of a resource means, as sentences: pure functions from properties before and after.
 */
export type { Phrase, Statement } from "./statement.ts";
export { phraseText } from "./statement.ts";
export type { Subject } from "../changes/subject.ts";
export { Surroundings } from "./surroundings.ts";
export { meaningOf } from "./meaning.ts";
export { differenceMeaning } from "./property-meaning.ts";
export {
  isChanged,
  routingPicture,
  type Mark,
  type Routing,
  type RoutingPicture,
} from "./workflow/routing-picture.ts";
export { agentRole, isAgentRole } from "./role-meaning.ts";
export { ended, travels } from "./workflow/consequences.ts";
export { type ReadWorkflow, readWorkflow } from "./workflow/read-workflow.ts";
export type { PictureEntry } from "./workflow/entries.ts";
export type { PictureFilter, PictureRest, PictureTarget } from "./workflow/routing-picture.ts";
