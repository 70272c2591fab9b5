import type { Value } from "../../provider/access.ts";

/** The TypeScript expression for what has a SID; undefined where the program has nothing for it. */
export type Reference = (sid: string) => string | undefined;

/** Longest line that is not broken. */
const width = 110;

const sids = /\b[A-Z]{2}[0-9a-f]{32}\b/g;

/**
 * A value as TypeScript, SIDs in it as references.
 *
 * @param indent Where its line starts.
 * @param broken Puts each item on a line of its own, however short they are.
 */
export function literal(value: Value, reference: Reference, indent = "", broken = false): string {
  if (typeof value === "string") return text(value, reference);
  if (typeof value !== "object" || value === null) return String(value);
  const inner = `${indent}  `;
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  const items = Array.isArray(value)
    ? value.map((item) => literal(item, reference, inner))
    : Object.entries(value).map(([key, item]) => `${propertyName(key)}: ${literal(item, reference, inner)}`);
  if (items.length === 0) return open + close;
  const padding = Array.isArray(value) ? "" : " ";
  const line = `${open}${padding}${items.join(", ")}${padding}${close}`;
  if (!broken && !line.includes("\n") && indent.length + line.length <= width) return line;
  return `${open}\n${items.map((item) => `${inner}${item},\n`).join("")}${indent}${close}`;
}

/** The name of a property; `__proto__` would set the prototype. */
function propertyName(key: string): string {
  if (key === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key);
}

function text(value: string, reference: Reference): string {
  const whole = reference(value);
  if (whole !== undefined) return whole;
  let rest = 0;
  let template = "";
  for (const { 0: sid, index } of value.matchAll(sids)) {
    const expression = reference(sid);
    if (expression === undefined) continue;
    template += `${templateText(value.slice(rest, index))}\${${expression}}`;
    rest = index + sid.length;
  }
  return template === ""
    ? quoted(value)
    : `pulumi.interpolate\`${template}${templateText(value.slice(rest))}\``;
}

/** As a literal, on one line whatever it holds; with the quotes that it does not hold itself. */
export function quoted(value: string): string {
  if (/^[^'\\\p{C}\p{Zl}\p{Zp}]*$/u.test(value) && value.includes('"')) return `'${value}'`;
  return doubleQuoted(value);
}

/** In double quotes, on one line whatever it holds. */
export function doubleQuoted(value: string): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    escaped,
  );
}

/** As part of a template. */
function templateText(value: string): string {
  return doubleQuoted(value)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll("`", "\\`")
    .replaceAll("${", "\\${");
}

/** What ends a line, or turns the direction of writing so that code looks like other code. */
function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
