import { isObject, isSecret } from "../../flex-stack/values/property-value.ts";
import type { Styled } from "../../flex-stack/ports/dialogue.ts";

type Outputs = Readonly<Record<string, unknown>>;

/** Stack outputs as a two-column table; nested values get dotted names, absent ones no row. */
export function outputsText(outputs: Outputs, terminal: Styled): string[] {
  return table(rowsOf(outputs), terminal);
}

/**
 * The rows that are new or other than before, and those that are gone, with how many are as they were.
 *
 * @param before What the state recorded. Nobody sees whether a secret in it changed.
 */
export function changedOutputsText(before: Outputs, outputs: Outputs, terminal: Styled): string[] {
  const rows = rowsOf(outputs);
  const old = new Map(rowsOf(before));
  const kept = new Set(rows.map(([name]) => name));
  const changed = rows.filter(([name, text]) => old.get(name) !== text);
  const gone = [...old.keys()].filter((name) => !kept.has(name));
  const lines = table([...changed, ...gone.map((name): Row => [name, "(gone)"])], terminal);
  const same = rows.length - changed.length;
  if (lines.length === 0 || same === 0) return lines;
  return [...lines, terminal.style("dim", `  ${same} more as before (--outputs).`)];
}

type Row = readonly [name: string, text: string];

function rowsOf(outputs: Outputs): Row[] {
  return Object.entries(outputs).flatMap(([name, value]) => flat(name, value));
}

function table(rows: readonly Row[], terminal: Styled): string[] {
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `  ${terminal.style("dim", name.padEnd(width))}  ${text}`);
}

function flat(name: string, value: unknown): Row[] {
  if (value === undefined || value === null) return [];
  if (isSecret(value)) return [[name, "[secret]"]];
  if (Array.isArray(value) && value.every((item) => typeof item !== "object"))
    return [[name, value.join(", ")]];
  if (Array.isArray(value)) return value.flatMap((item, index) => flat(`${name}[${index}]`, item));
  if (isObject(value)) return Object.entries(value).flatMap(([key, item]) => flat(`${name}.${key}`, item));
  return [[name, String(value)]];
}
