import { invalid } from "./errors.ts";

/** A parsed form or query: each name with its values in order. */
export type Form = ReadonlyMap<string, readonly string[]>;

export const emptyForm: Form = new Map();

/** Reads `a=1&b=2&b=3`. A broken percent escape stays as text, as browsers and Twilio have it. */
export function parseForm(text: string): Form {
  if (text === "") return emptyForm;
  const form = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(text)) {
    // SQLite and JSON both can, but no Twilio text holds NUL, and half of all tools break on it.
    if (value.includes("\0")) throw invalid(`${printable(name)} contains a NUL character; remove it`);
    const values = form.get(name);
    if (values === undefined) form.set(name, [value]);
    else values.push(value);
  }
  return form;
}

export function first(form: Form, name: string): string | undefined {
  return form.get(name)?.[0];
}

function printable(name: string): string {
  return JSON.stringify(name.slice(0, 64));
}
