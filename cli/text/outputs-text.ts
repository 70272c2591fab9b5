import { isObject } from "../../flex-stack/values/property-value.ts";
import type { Styled } from "../../flex-stack/ports/dialogue.ts";

/** Stack outputs as a two-column table; nested values get dotted names, absent ones no row. */
export function outputsText(outputs: Readonly<Record<string, unknown>>, terminal: Styled): string[] {
  const rows = Object.entries(outputs).flatMap(([name, value]) => flat(name, value));
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `  ${terminal.style("dim", name.padEnd(width))}  ${text}`);
}

function flat(name: string, value: unknown): [string, string][] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value) && value.every((item) => typeof item !== "object"))
    return [[name, value.join(", ")]];
  if (Array.isArray(value)) return value.flatMap((item, index) => flat(`${name}[${index}]`, item));
  if (isObject(value)) return Object.entries(value).flatMap(([key, item]) => flat(`${name}.${key}`, item));
  return [[name, String(value)]];
}
