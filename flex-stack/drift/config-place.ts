import { resources } from "../../provider/resources/index.ts";
import { holdsSecret, isObject } from "../values/property-value.ts";
import { valueAt, type ConfigContext, type Edit } from "../config-files/edit.ts";
import type { Finding } from "./finding.ts";
import { places } from "./places.ts";
import { configKey as nameOfKey } from "../adopt/index.ts";

/** The key in the configuration of a resource with this type and name. */
export function configKey(type: string, name: string): string | undefined {
  return places.find((place) => place.type === type && place.name.test(name))?.name.exec(name)?.[1];
}

/**
 * What to write into the configuration so that the stack says what the account has. Undefined where the configuration
 * has no word for it: then the program says it.
 */
export function editsFor(finding: Finding, context: ConfigContext): Edit[] | undefined {
  const { type, name, kind, property } = finding;
  // The file is in the repository.
  if (holdsSecret(finding.account)) return undefined;
  for (const place of places) {
    const key = place.type === type ? place.name.exec(name)?.[1] : undefined;
    if (key === undefined) continue;
    const path = place.path(key, context.config);
    if (path === undefined) continue;
    if (place.optional !== true && valueAt(context.config, path) === undefined) continue;
    if (kind === "deleted") return place.entry ? [{ path, value: undefined }] : undefined;
    const how = property === undefined ? undefined : place.properties[property];
    if (how === undefined) continue;
    const found =
      typeof how === "string"
        ? [{ path: [how], value: finding.account }]
        : how(finding.account, context, key);
    return found?.flatMap((edit) => {
      const at = [...path, ...edit.path];
      return smallestEdits(at, valueAt(context.config, at), edit.value);
    });
  }
  return undefined;
}

/**
 * The entry that takes an unmanaged resource into the configuration: the components take over what is there by the
 * same name. Undefined where the configuration has no such list.
 *
 * @param planned Entries that are about to be written, whose keys are taken.
 */
export function entryFor(
  finding: Finding,
  context: ConfigContext,
  planned: readonly Edit[] = [],
): Edit | undefined {
  const place = places.find(({ type, entry }) => entry && type === finding.type);
  const list = place?.path("", context.config)?.slice(0, -1);
  const there = list && valueAt(context.config, list);
  if (place === undefined || list === undefined || !isObject(there) || !isObject(finding.account))
    return undefined;
  const { account } = finding;
  const { uniqueName } = account;
  // The unique name of a task channel is its key, so it has to be able to be one.
  if (typeof uniqueName === "string" && !/^[A-Za-z][\w-]{0,63}$/.test(uniqueName)) return undefined;
  const beside = planned.filter(({ path }) => path.slice(0, -1).join() === list.join());
  const keys = [...Object.keys(there), ...beside.map(({ path }) => String(path.at(-1)))];
  const taken = new Set(keys.map((each) => each.toLowerCase()));
  const key = typeof uniqueName === "string" ? uniqueName : nameOfKey(finding.title, "entry", taken);
  const settings = Object.entries(place.properties).map(([property, how]): readonly Edit[] | undefined => {
    const value = account[property];
    if (value == null || value === "" || isDefault(finding.type, property, value)) return [];
    return typeof how === "string" ? [{ path: [how], value }] : how(value, context, key);
  });
  if (keys.includes(key) || settings.includes(undefined)) return undefined;
  const entries = settings.flatMap((edits) => edits ?? []).filter(({ value }) => value !== undefined);
  return {
    path: [...list, key],
    value: Object.fromEntries(entries.map(({ path, value }) => [path[0], value])),
  };
}

/** Whether the configuration can leave it out; it always says whether an activity is available. */
function isDefault(type: string, property: string, value: unknown): boolean {
  if (property === "available") return false;
  const field = resources.find(({ token }) => token === type)?.inputs[property];
  return field !== undefined && "default" in field && field.default === value;
}

/** Only what differs, so that the rest of the file stays as somebody wrote it. */
function smallestEdits(path: Edit["path"], from: unknown, to: unknown): Edit[] {
  if (from === to) return [];
  if (Array.isArray(from) && Array.isArray(to) && from.length === to.length) {
    return to.flatMap((item, index) => smallestEdits([...path, index], from[index], item));
  }
  if (isObject(from) && isObject(to)) {
    const keys = new Set([...Object.keys(from), ...Object.keys(to)]);
    return [...keys].flatMap((key) => smallestEdits([...path, key], from[key], to[key]));
  }
  return [{ path, value: to }];
}
