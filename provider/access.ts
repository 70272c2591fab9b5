/**
 * The way to an account, for programs that read what the provider manages: the same settings, credentials,
 * connections and errors.
 */
export { ConnectionError, TwilioError, UserError } from "./engine/errors.ts";
export { explainConnection } from "./engine/explain.ts";
export { check as checkInputs } from "./engine/check.ts";
export type { ResourceDefinition } from "./engine/definition.ts";
export { formatId, isSid } from "./engine/id.ts";
export { Journal, type Begun } from "./engine/journal.ts";
export { importedInputs } from "./engine/importedInputs.ts";
export { readNotes, type NoteOf } from "./engine/notes.ts";
export { leaves } from "./engine/leaves.ts";
export { baselineKey } from "./engine/state.ts";
export { formatPath, type Json, type Properties, type Response, type Value } from "./engine/value.ts";
export { sdkClient } from "./http/sdkClient.ts";
export type { SdkRequest, SdkResponse } from "./http/transport.ts";
export { Account } from "./server/account.ts";
export { readConfiguration, type Configuration } from "./server/configuration.ts";
export { acceptAny, acceptVariable } from "./server/elsewhere.ts";
export { healthPath, isLoopback, recognize, shortIdentity, type Recognition } from "./server/localTwilio.ts";
export {
  compareWhereabouts,
  nameOf as nameOfWhereabouts,
  whereaboutsOf,
  type Comparison,
  type Whereabouts,
} from "./server/whereabouts.ts";
