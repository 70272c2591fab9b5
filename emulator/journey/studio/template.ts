import { Liquid } from "liquidjs";
import type { Json, JsonObject } from "../../kernel/json.ts";
import {
  documentedFilters,
  otherFilters,
  rendering,
  type Rendering,
  renderingOf,
  textTold,
} from "./liquidFilters.ts";
import { operators } from "./liquidOperators.ts";
import { holdsHash, isHash, jsonOf, textOf } from "./liquidValue.ts";

/** Bounds for templates, which come from flows that anybody may upload: characters, milliseconds, and bytes. */
const limits = { parseLimit: 1_000_000, renderLimit: 1000, memoryLimit: 10_000_000 };

/** Studio writes texts up to so many characters (16 KB, https://www.twilio.com/docs/studio/user-guide/get-started). */
const maxText = 16_384;

/** Tags that the library has and Studio does not document. */
const otherTags = /\{%-?\s*(tablerow|increment|decrement|echo|liquid|render|layout|block|#)/g;

const options = {
  ...limits,
  // A template must not read files of this machine: there is nothing to include.
  templates: {},
  ownPropertyOnly: true,
  strictFilters: true,
  operators,
};

function write(this: { context: { globals: object } }, value: unknown): string {
  if (!holdsHash(value)) return textOf(value);
  const told = renderingOf(this.context);
  return told.isJson ? jsonOf(value) : textTold(told, value);
}

const engine = withFilters(new Liquid({ ...options, outputEscape: write }));
const values = withFilters(new Liquid({ ...options, keepOutputType: true }));

function withFilters(liquid: Liquid): Liquid {
  for (const [name, filter] of Object.entries(documentedFilters)) liquid.registerFilter(name, filter);
  for (const [name, filter] of Object.entries(otherFilters)) liquid.registerFilter(name, filter);
  return liquid;
}

/** When a template is filled in, and whom to tell of what Twilio may do differently. */
export interface Filling {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** @default nobody is told */
  readonly note?: (text: string) => void;
}

/** Fills in `{{…}}` as Studio does: what is not there is nothing. @throws Error when the template is broken */
export function fill(template: string, variables: JsonObject, { now, note = () => {} }: Filling): string {
  return render(template, variables, { now, note, isJson: false });
}

function render(template: string, variables: JsonObject, given: Rendering): string {
  if (!template.includes("{")) return template;
  for (const [, tag] of template.matchAll(otherTags))
    given.note(`the tag ${tag} is none that Studio documents; it may not work there`);
  const text = String(engine.parseAndRenderSync(template, variables, { globals: { [rendering]: given } }));
  if (text.length > maxText)
    given.note(`a template wrote ${text.length} characters; Studio's limit is 16 KB`);
  return text;
}

/**
 * What a parameter holds whose box "Parse as JSON object" is ticked: a value that is one already, or what its text means
 * as JSON (https://www.twilio.com/docs/studio/widget-library/set-variables). What is no JSON stays text, and it is said.
 */
export function read(template: string, variables: JsonObject, { now, note = () => {} }: Filling): Json {
  const given: Rendering = { now, note, isJson: true };
  const value: unknown = values.parseAndRenderSync(template.trim(), variables, {
    globals: { [rendering]: given },
  });
  if (typeof value !== "string") return JSON.parse(jsonOf(value)) as Json;
  const text = render(template, variables, given);
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    note(`${(error as Error).message}: parsed as JSON, it is none${whyNotJson(template, variables)}`);
    return text;
  }
}

const output = /\{\{-?\s*([\w.[\]'"-]+?)\s*(\|[^}]*)?-?\}\}/g;

/**
 * What in a template may have made its text no JSON, to be put behind that it is none: `; {{flow.data.a}} is absent`.
 * Empty where nothing stands out.
 */
export function whyNotJson(template: string, variables: JsonObject): string {
  const reasons = [...template.matchAll(output)].flatMap(([, path = "", filters = ""]) => {
    // What tags set, as the variable of a loop, is not known here.
    if (/to_json|default/.test(filters) || !/^(?:flow|trigger|widgets|contact)\b/.test(path)) return [];
    const reason = oddness(engine.evalValueSync(path, variables));
    return reason === undefined ? [] : [`{{${path}}} ${reason}`];
  });
  return [...new Set(reasons)].map((reason) => `; ${reason}`).join("");
}

function oddness(value: unknown): string | undefined {
  if (value === undefined || value === null) return "is absent here";
  if (isHash(value) || Array.isArray(value)) return "is an object or list; | to_json writes it as JSON";
  if (typeof value === "string" && JSON.stringify(value) !== `"${value}"`)
    return "has characters that JSON must escape; | to_json does, without quotation marks around it";
  return undefined;
}
