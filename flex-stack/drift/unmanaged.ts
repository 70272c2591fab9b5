import type { Twilio } from "twilio";
import { resources } from "../../provider/resources/index.ts";
import { remoteResources, type DeployedResource } from "../state/deployment.ts";
import { answerOf } from "../account/answer.ts";
import { fingerprint } from "./fingerprint.ts";
import { isAgentRole } from "../meaning/index.ts";
import { titleOf, type Finding } from "./finding.ts";
import { isTwiliosOwn } from "./twilio-defaults.ts";
import { watchedLists, type WatchedList } from "./watched.ts";

/** `new`: made after the stack took charge of what it is in. `all`: what was there before too. `none`: not looked for. */
export const unmanagedScopes = ["new", "all", "none"] as const;
export type UnmanagedScope = (typeof unmanagedScopes)[number];

export interface Unmanaged {
  readonly findings: readonly Finding[];
  /** How many were there before the stack and are left out. */
  readonly older: number;
  /** What could not be looked into, each with the reason. */
  readonly blind: readonly string[];
}

/** In milliseconds. */
const second = 1000;

type Item = Readonly<Record<string, unknown>>;

/**
 * Finds what is in managed workspaces, services and numbers and not in the stack. What Twilio makes by itself never
 * counts, nor what use makes: workers, users, channels of conversations.
 *
 * @throws TwilioError when a list can't be read for another reason than that it is gone or the credentials may not
 */
export async function findUnmanaged(
  client: Twilio,
  deployed: readonly DeployedResource[],
  scope: UnmanagedScope,
): Promise<Unmanaged> {
  if (scope === "none") return { findings: [], older: 0, blind: [] };
  const managed = remoteResources(deployed);
  const lists = await Promise.all(
    watchedLists(managed).map(async (list) => {
      const answer = await answerOf(() => itemsOf(client, list));
      if (answer.kind === "failed") throw answer.error;
      if (answer.kind === "denied") return { list, items: [], blind: blindness(list, answer.error.message) };
      return { list, items: answer.kind === "found" ? unknownItems(list, answer.value, managed) : [] };
    }),
  );
  const found = lists.flatMap(({ list, items }) => items.map((item) => ({ list, item })));
  const counted = found.filter(({ list, item }) => scope === "all" || isNew(list, item));
  return {
    findings: counted.map(({ list, item }) => finding(list, item)),
    older: found.length - counted.length,
    blind: lists.flatMap(({ blind }) => blind ?? []),
  };
}

async function itemsOf(client: Twilio, { type, parents }: WatchedList): Promise<Item[]> {
  const definition = resources.find(({ token }) => token === type);
  return (await definition?.at(client, parents).list?.({})) ?? [];
}

function unknownItems(
  list: WatchedList,
  items: readonly Item[],
  managed: readonly DeployedResource[],
): Item[] {
  const ids = new Set(managed.map(({ id }) => id));
  const twin = resources.find(({ token }) => token === list.type)?.twin?.token;
  const names = new Set(
    managed.filter(({ type }) => type === list.type || type === twin).map(({ outputs }) => nameIn(outputs)),
  );
  return items.toSorted(byAge).filter((item) => {
    if (ids.has(idOf(list, item)) || list.concerns?.(item) === false) return false;
    const name = nameIn(item);
    // A second one beside what the stack manages, or beside Twilio's, is nobody's default.
    const isDefault = isTwiliosOwn(list.type, name) && !names.has(name);
    names.add(name);
    return !isDefault;
  });
}

function byAge(one: Item, other: Item): number {
  const [age, otherAge] = [one, other].map(({ dateCreated }) => Date.parse(String(dateCreated)));
  return (age || 0) - (otherAge || 0);
}

/** Twilio's defaults go by unique name where they have one. */
function nameIn(item: Item): string {
  const name = item["uniqueName"] ?? item["friendlyName"];
  return typeof name === "string" ? name : "";
}

function isNew({ since }: WatchedList, item: Item): boolean {
  const made = Date.parse(String(item["dateCreated"]));
  // Twilio's times have no fraction: what was made in that very second may be older, and is rather named than left out.
  return Number.isNaN(made) || made >= Math.floor(since / second) * second;
}

function finding(list: WatchedList, item: Item): Finding {
  const id = idOf(list, item);
  const title = titleOf(item) ?? id;
  const { dateCreated } = item;
  return {
    kind: "unmanaged",
    type: list.type,
    name: title,
    title,
    urn: undefined,
    id,
    property: undefined,
    changes: [],
    statements: [],
    picture: undefined,
    account: item,
    since: typeof dateCreated === "string" ? dateCreated : undefined,
    agentRole: isAgentRole(list.type, item),
    fingerprint: fingerprint("unmanaged", list.type, id),
  };
}

function idOf({ parents }: WatchedList, item: Item): string {
  return [...Object.values(parents), String(item["sid"])].join("/");
}

function blindness({ type, parents }: WatchedList, reason: string): string {
  const place = Object.values(parents).at(-1);
  return `${type.replace(/^twilio:/, "").replace(":", ".")}${place ? ` of ${place}` : ""}: ${reason}`;
}
