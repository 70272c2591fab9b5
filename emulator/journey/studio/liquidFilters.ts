import { type FilterImplOptions, filters as known, toValue } from "liquidjs";
import { formatDate } from "./liquidDate.ts";
import { holdsHash, isHash, jsonOf, textOf } from "./liquidValue.ts";

/** What filters and operators know of the rendering that they are part of. */
export interface Rendering {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Tells people of what Twilio may do differently. */
  readonly note: (text: string) => void;
  /** Whether objects are written as JSON, without `to_json`. */
  readonly isJson: boolean;
}

/** Where the rendering stands among the globals of a template: no name reaches it. */
export const rendering = Symbol("rendering");

/** The rendering that a filter or operator is part of. */
export function renderingOf(context: { readonly globals: object }): Rendering {
  return (context.globals as { [rendering]: Rendering })[rendering];
}

type Handler = (this: { context: { globals: object } }, ...given: unknown[]) => unknown;

const handlerOf = (name: string): Handler => {
  const given = known[name] as FilterImplOptions | undefined;
  return (typeof given === "function" ? given : given?.handler) as Handler;
};

/** Those of text, which write what they are given and their parameters. */
const ofText = [
  ..."append capitalize downcase escape escape_once lstrip newline_to_br prepend remove remove_first".split(
    " ",
  ),
  ..."replace replace_first rstrip split strip strip_html strip_newlines truncate truncatewords upcase".split(
    " ",
  ),
  "url_encode",
];

/** Those of lists and values, as the library has them. */
const asTheyAre = ["default", "first", "last", "map", "reverse", "slice", "sort"];

/** A filter of text that is given an object, or a list with one, which it is told of. */
const written = (handler: Handler): Handler =>
  function (...given) {
    return handler.apply(
      this,
      given.map((value) => (holdsHash(toValue(value)) ? textTold(renderingOf(this.context), value) : value)),
    );
  };

/** A value as text; of an object it is said that its text is no JSON. */
export function textTold({ note }: Rendering, value: unknown): string {
  if (holdsHash(toValue(value)))
    note("an object is written as Ruby would, which is no JSON; the filter to_json writes JSON");
  return textOf(value);
}

/** A number of Liquid: text counts as far as it begins with one, the rest is 0. */
function numberOf(given: unknown): number {
  const value: unknown = toValue(given);
  if (typeof value === "number") return value;
  const text = typeof value === "string" ? value.trim() : "";
  return Number(/^-?\d+\.\d+$/.test(text) ? text : (/^-?\d+/.exec(text)?.[0] ?? 0));
}

/** Whether a number has a fraction, be it `.0`; a parameter says so where it is written. */
const isFraction = (value: unknown, token?: unknown): boolean =>
  !Number.isInteger(numberOf(value)) ||
  (typeof value === "string" && /^\s*-?\d+\.\d+\s*$/.test(value)) ||
  (token as { getText?: () => string } | undefined)?.getText?.().includes(".") === true;

/** Liquid reckons in decimals: 0.1 and 0.2 are 0.3. What is whole is written so, where Ruby writes `3.0`. */
const decimal = (value: number): number => Number(value.toPrecision(15));

function dividedBy(this: { token?: { args?: readonly unknown[] } }, value: unknown, by: unknown): number {
  const [dividend, divisor] = [numberOf(value), numberOf(by)];
  const isWhole = !isFraction(value) && !isFraction(by, this.token?.args?.[0]);
  if (divisor === 0 && isWhole) throw new Error("divided by 0");
  return isWhole ? Math.floor(dividend / divisor) : dividend / divisor;
}

function modulo(value: unknown, by: unknown): number {
  const [dividend, divisor] = [numberOf(value), numberOf(by)];
  if (divisor === 0) throw new Error("divided by 0");
  return decimal(((dividend % divisor) + divisor) % divisor);
}

function sizeOf(given: unknown): number {
  const value: unknown = toValue(given);
  if (isHash(value)) return Object.keys(value).length;
  return typeof value === "string" ? [...value].length : Array.isArray(value) ? value.length : 0;
}

function unique(given: unknown, property: unknown): unknown[] {
  const items = listOf(given);
  const name = property === undefined ? undefined : textOf(property);
  const keyOf = (item: unknown): string =>
    jsonOf(name === undefined ? item : isHash(item) ? item[name] : undefined);
  return [...new Map([...items].reverse().map((item) => [keyOf(item), item])).values()].reverse();
}

function listOf(given: unknown): unknown[] {
  const value: unknown = toValue(given);
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
}

function round(value: unknown, digits: unknown): number {
  const power = 10 ** numberOf(digits);
  const given = decimal(numberOf(value) * power);
  // Halves go away from zero, as Ruby rounds them.
  return (Math.sign(given) * Math.round(Math.abs(given))) / power || 0;
}

const date: Handler = function (value, format) {
  const given = toValue(value) as unknown;
  const written = format === undefined ? undefined : textOf(format);
  return formatDate(given, written === "" ? undefined : written, renderingOf(this.context).now) ?? given;
};

/**
 * The filters that Studio documents (https://www.twilio.com/docs/studio/user-guide/liquid-template-language), with
 * Liquid's own meaning where the library's is another.
 */
export const documentedFilters: Readonly<Record<string, Handler>> = {
  ...Object.fromEntries(ofText.map((name) => [name, written(handlerOf(name))])),
  ...Object.fromEntries(asTheyAre.map((name) => [name, handlerOf(name)])),
  ceil: (value) => Math.ceil(numberOf(value)),
  date,
  divided_by: dividedBy as Handler,
  floor: (value) => Math.floor(numberOf(value)),
  join(value, glue = " ") {
    const told = renderingOf(this.context);
    return listOf(value)
      .map((item) => textTold(told, item))
      .join(textOf(glue));
  },
  minus: (value, other) => decimal(numberOf(value) - numberOf(other)),
  modulo,
  plus: (value, other) => decimal(numberOf(value) + numberOf(other)),
  round,
  size: sizeOf,
  times: (value, other) => decimal(numberOf(value) * numberOf(other)),
  to_json: jsonOf,
  uniq: unique,
};

/** The library's other filters: they work, and it is said that Studio may not have them. */
export const otherFilters: Readonly<Record<string, FilterImplOptions>> = Object.fromEntries(
  Object.keys(known)
    .filter((name) => !Object.hasOwn(documentedFilters, name))
    .map((name) => {
      const handler: Handler = function (...given) {
        renderingOf(this.context).note(
          `the filter ${name} is none that Studio documents; it may not work there`,
        );
        return handlerOf(name).apply(this, given);
      };
      return [name, handler as FilterImplOptions];
    }),
);
