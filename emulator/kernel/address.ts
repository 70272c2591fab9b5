import type { Context } from "./context.ts";
import type { Document } from "./document.ts";
import { valueAt } from "./json.ts";
import type { Resource } from "./resource.ts";

/** The path that a stored resource is fetched at; undefined where something that it lies in is gone. */
export function pathOf<F extends object>(
  document: Document<F>,
  resource: Resource<F>,
  context: Context,
): string | undefined {
  return fill(resource.instancePath, { ...parentSids(document, resource, context), Sid: document.sid });
}

/** SIDs of the enclosing resources by their names in the path; in the API of 2010 the account is one. */
export function parentSids<F extends object>(
  document: Document<F>,
  resource: Resource<F>,
  context: Context,
): Record<string, string> {
  const names = parameterNames(resource.path);
  const sids: Record<string, string> = {};
  let sid = document.parentSid;
  if (resource.under !== undefined) {
    const name = names.pop();
    if (name !== undefined) sids[name] = String(document.fields[resource.under.field]);
  }
  for (let parent = resource.parent; parent !== undefined; parent = parent.parent) {
    const name = names.pop();
    if (name !== undefined) sids[name] = sid;
    if (parent.parent !== undefined) sid = context.of(parent).get(sid)?.parentSid ?? "";
  }
  for (const name of names) sids[name] = document.accountSid;
  return sids;
}

/** The path templates that there are, and the names in their braces. */
const namesByTemplate = new Map<string, readonly string[]>();

function parameterNames(template: string): string[] {
  let names = namesByTemplate.get(template);
  if (names === undefined) {
    names = template.match(/(?<=\{)\w+(?=\})/g) ?? [];
    namesByTemplate.set(template, names);
  }
  return [...names];
}

/** Whether a link is a whole path of the API, and not one below a resource's own. */
export function isAbsolute(path: string): boolean {
  return /^\/(v\d|2010)/.test(path);
}

/** Templates as text, name, text, name, … and text. */
const partsByTemplate = new Map<string, readonly string[]>();

/** Fills `{Name}` from path values and `{field}` from stored fields; undefined when one of them is not set. */
export function fill(
  template: string,
  values: Readonly<Record<string, string>>,
  fields: object = {},
): string | undefined {
  let parts = partsByTemplate.get(template);
  if (parts === undefined) partsByTemplate.set(template, (parts = template.split(/\{([\w.]+)\}/)));
  let path = parts[0] ?? "";
  for (let index = 1; index < parts.length; index += 2) {
    const name = parts[index] ?? "";
    const value = values[name] ?? valueAt(fields, name);
    if (typeof value !== "string" || value === "") return undefined;
    path += encodeURIComponent(value) + (parts[index + 1] ?? "");
  }
  return path;
}
