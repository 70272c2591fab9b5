import { TwilioError } from "../../kernel/errors.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { isKnownType, isTypeOfStudio, type Widget, widgets } from "./widget.ts";

/** What is wrong with a definition, and where: `#/states/0/transitions/1/next`. */
export interface Flaw {
  readonly message: string;
  readonly property_path: string;
}

/** Refuses a definition that Studio would not take. @throws TwilioError 81022 with every flaw in its details */
export function checkDefinition(definition: unknown): asserts definition is JsonObject {
  const errors = flawsOf(definition);
  if (errors.length === 0) return;
  throw new TwilioError(
    400,
    81022,
    "Flow definition validation failed, check `details` for more information",
    { errors, warnings: [] },
  );
}

// What parts of a definition may say is also named in provider/resources/studio/flowDefinition.ts: provider and emulator
// are held against each other and share nothing.

/** All that is wrong with a definition, in its order. */
export function flawsOf(definition: unknown): Flaw[] {
  const flaws: Flaw[] = [];
  const report = (message: string, path: string): void => {
    flaws.push({ message, property_path: path });
  };
  if (!object(definition, "#", report)) return flaws;
  onlyHas(definition, ["description", "states", "initial_state", "flags", "$schema"], "#", report);
  if (definition["description"] !== undefined) text(definition["description"], "#/description", report);
  checkFlags(definition["flags"], report);
  const states = definition["states"];
  if (!Array.isArray(states)) {
    report(states === undefined ? "is required" : "must be an array", "#/states");
    return flaws;
  }
  if (states.length === 0 || states.length > maxStates)
    report(`must have 1 to ${maxStates} items`, "#/states");
  const names = new Set(states.map((state) => (isJsonObject(state) ? state["name"] : undefined)));
  states.forEach((state, index) => checkState(state, `#/states/${index}`, names, report));
  checkUnique(states, report);
  const initial = definition["initial_state"];
  if (required(initial, "#/initial_state", report) && !names.has(initial))
    report("must match a widget name", "#/initial_state");
  return flaws;
}

/** What a definition has that its flow is kept with all the same. */
export function warningsOf(definition: JsonObject): Flaw[] {
  const { states } = definition as { states?: { type?: string }[] };
  return (states ?? []).flatMap(({ type = "" }, index) =>
    isKnownType(type)
      ? []
      : [
          {
            message: `is no widget type that the local Twilio knows of Studio, got ${quote(type)}; it can't run it`,
            property_path: `#/states/${index}/type`,
          },
        ],
  );
}

const maxStates = 1000;

type Report = (message: string, path: string) => void;

function checkFlags(flags: unknown, report: Report): void {
  if (flags === undefined || !object(flags, "#/flags", report)) return;
  onlyHas(flags, ["allow_concurrent_calls"], "#/flags", report);
  if (typeof flags["allow_concurrent_calls"] !== "boolean")
    report("must be true or false", "#/flags/allow_concurrent_calls");
}

function checkState(state: unknown, path: string, names: ReadonlySet<unknown>, report: Report): void {
  if (!object(state, path, report)) return;
  onlyHas(state, ["name", "type", "transitions", "properties"], path, report);
  required(state["name"], `${path}/name`, report);
  const type = state["type"];
  if (required(type, `${path}/type`, report)) checkProperties(type, state["properties"], path, report);
  const transitions = state["transitions"];
  if (!Array.isArray(transitions)) {
    report(transitions === undefined ? "is required" : "must be an array", `${path}/transitions`);
    return;
  }
  transitions.forEach((transition, index) =>
    checkTransition(transition, `${path}/transitions/${index}`, names, report),
  );
}

function checkProperties(type: string, properties: unknown, path: string, report: Report): void {
  const widget: Widget | undefined = Object.hasOwn(widgets, type) ? widgets[type] : undefined;
  if (!isTypeOfStudio(type)) {
    report(`must be a widget type, got ${quote(type)}`, `${path}/type`);
    return;
  }
  const at = `${path}/properties`;
  // A trigger has nothing to say.
  if (properties === undefined && type === "trigger") return;
  if (!object(properties, at, report) || widget === undefined) return;
  onlyHas(properties, ["offset", ...widget.required, ...widget.optional], at, report);
  for (const name of widget.required) {
    // A content template is a body too.
    if (name === "body" && properties["content_sid"] !== undefined) continue;
    if ((properties[name] ?? "") === "") report("is required", `${at}/${name}`);
  }
  const { attributes } = properties;
  if (type === "send-to-flex" && attributes !== undefined && typeof attributes !== "string")
    report("must be JSON text", `${at}/attributes`);
}

function checkTransition(
  transition: unknown,
  path: string,
  names: ReadonlySet<unknown>,
  report: Report,
): void {
  if (!object(transition, path, report)) return;
  onlyHas(transition, ["event", "name", "next", "conditions"], path, report);
  required(transition["event"], `${path}/event`, report);
  const next = transition["next"] ?? null;
  if (next !== null && (typeof next !== "string" || !names.has(next)))
    report("must match a widget name", `${path}/next`);
  const { conditions } = transition;
  if (conditions === undefined) return;
  if (!Array.isArray(conditions)) {
    report("must be an array", `${path}/conditions`);
    return;
  }
  conditions.forEach((condition, index) => checkCondition(condition, `${path}/conditions/${index}`, report));
}

function checkCondition(condition: unknown, path: string, report: Report): void {
  if (!object(condition, path, report)) return;
  onlyHas(condition, ["friendly_name", "arguments", "type", "value"], path, report);
  text(condition["friendly_name"], `${path}/friendly_name`, report);
  if (!Array.isArray(condition["arguments"])) report("must be an array", `${path}/arguments`);
  text(condition["value"], `${path}/value`, report);
  required(condition["type"], `${path}/type`, report);
}

function checkUnique(states: readonly unknown[], report: Report): void {
  const seen = new Set<string>();
  states.forEach((state, index) => {
    const name = isJsonObject(state) ? state["name"] : undefined;
    if (typeof name !== "string" || name === "") return;
    if (seen.has(name))
      report(`must be unique, another widget is named ${quote(name)}`, `#/states/${index}/name`);
    seen.add(name);
  });
}

function object(value: unknown, path: string, report: Report): value is JsonObject {
  if (isJsonObject(value)) return true;
  report(value === undefined ? "is required" : "must be an object", path);
  return false;
}

function onlyHas(value: JsonObject, names: readonly string[], path: string, report: Report): void {
  for (const name of Object.keys(value)) {
    if (!names.includes(name)) report("is not allowed", `${path}/${name}`);
  }
}

function text(value: unknown, path: string, report: Report): value is string {
  if (typeof value === "string") return true;
  report(value === undefined ? "is required" : "must be text", path);
  return false;
}

function required(value: unknown, path: string, report: Report): value is string {
  if (!text(value, path, report)) return false;
  if (value === "") report("must not be empty", path);
  return value !== "";
}

function quote(value: string): string {
  return JSON.stringify(value.slice(0, 64));
}
