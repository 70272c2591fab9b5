import type { ResourceDefinition } from "./definition.ts";
import type { Fields } from "./field.ts";
import { bool } from "./field.ts";

const adoption: Fields = {
  adopt: bool(
    "Takes over the resource that already has this name at Twilio, instead of failing, and updates what the " +
      "program says otherwise; properties that the program leaves out stay as they are. Creates it where " +
      "there is none. Never replaces it.",
    { local: true, default: false },
  ),
  deleteAdopted: bool(
    "Whether destroying an adopted resource deletes it at Twilio. Otherwise it is left in place.",
    { local: true, default: false },
  ),
};

/** Whether a resource can be adopted: it has a name, and is not there by itself anyway. */
export function isAdoptable(definition: ResourceDefinition): boolean {
  return definition.life !== "given" && (definition.keys?.length ?? 0) > 0;
}

/** Inputs that the engine adds to those of a definition. */
export function ownInputs(definition: ResourceDefinition): Fields {
  return isAdoptable(definition) ? adoption : {};
}
