import { resources } from "../../provider/resources/index.ts";
import type { DeployedResource } from "../state/deployment.ts";
import { isObject } from "../values/property-value.ts";

/** A list at Twilio in which nothing should be but what the stack manages. */
export interface WatchedList {
  /** Type of what is in it. */
  readonly type: string;
  /** SIDs of what it is in, by the name of the input that holds them; none for a list of the account. */
  readonly parents: Readonly<Record<string, string>>;
  /** When the stack took charge of what it is in, milliseconds since 1970; 0 where the state does not say. */
  readonly since: number;
  /** Which items concern the stack; all of them, where absent. */
  readonly concerns?: (item: Readonly<Record<string, unknown>>) => boolean;
}

type Definition = (typeof resources)[number];

/** Made in normal operation: by people who log in and customers who write. */
const madeByUse: ReadonlySet<string> = new Set([
  "twilio:taskrouter:Worker",
  "twilio:taskrouter:WorkerChannel",
  "twilio:chat:User",
  "twilio:chat:Channel",
  "twilio:conversations:User",
]);

/** What may be made inside what a stack manages without being made by itself or by use. */
const children: readonly Definition[] = resources.filter(
  ({ token, parents, life, sid }) =>
    Object.keys(parents).length > 0 && sid !== undefined && life !== "given" && !madeByUse.has(token),
);

/** The lists to look into, for what a stack manages. */
export function watchedLists(deployed: readonly DeployedResource[]): WatchedList[] {
  const inside = deployed.flatMap((parent) =>
    children.filter((child) => isParent(parent.type, child)).map((child) => listInside(parent, child)),
  );
  return [...inside.map((list) => withoutLeft(list, deployed)), ...handlersOf(deployed)];
}

/** Whether resources of this type are what a definition's resources are directly in. */
function isParent(type: string, child: Definition): boolean {
  const parent = resources.find(({ token }) => token === type);
  if (parent === undefined || parent.life === "given") return false;
  // What two APIs have is listed by the one that its service is declared through.
  if (child.twin !== undefined && moduleOf(child.token) !== moduleOf(type)) return false;
  const prefixes = Object.values(child.parents).map(({ prefix }) => prefix);
  const own = [...Object.values(parent.parents).map(({ prefix }) => prefix), parent.sid];
  return own.join() === prefixes.join();
}

/** `twilio:chat` of `twilio:chat:Role`. */
function moduleOf(token: string): string {
  return token.slice(0, token.lastIndexOf(":"));
}

function listInside(parent: DeployedResource, child: Definition): WatchedList {
  const sids = parent.id?.split("/") ?? [];
  return {
    type: child.token,
    parents: Object.fromEntries(Object.keys(child.parents).map((name, index) => [name, sids[index] ?? ""])),
    since: takenOver([parent]),
  };
}

/**
 * Numbers that the stack hands to somebody else stay in the pool of Proxy, since leaving it would point them at Twilio's demo
 * page. Who gets their messages is a property of the number.
 */
function withoutLeft(list: WatchedList, deployed: readonly DeployedResource[]): WatchedList {
  if (list.type !== "twilio:proxy:PhoneNumber") return list;
  const proxy = `/Proxy/${list.parents["serviceSid"]}/`;
  const left = new Set<unknown>(
    deployed
      .filter(({ type, inputs: { smsUrl } }) => {
        return (
          type === "twilio:api:IncomingPhoneNumber" && typeof smsUrl === "string" && !smsUrl.includes(proxy)
        );
      })
      .map(({ id }) => id),
  );
  return left.size === 0 ? list : { ...list, concerns: ({ sid }) => !left.has(sid) };
}

/** Flex Flows and Addresses are the account's; those of a managed service or number decide who gets its messages. */
function handlersOf(deployed: readonly DeployedResource[]): WatchedList[] {
  const services = deployed.filter(({ type }) =>
    ["twilio:chat:Service", "twilio:conversations:Service"].includes(type),
  );
  const numbers = deployed.filter(({ type }) => type === "twilio:api:IncomingPhoneNumber");
  if (services.length + numbers.length === 0) return [];
  const sids = new Set<unknown>(services.map(({ id }) => id));
  const identities = new Set<unknown>(numbers.map(({ outputs }) => outputs["phoneNumber"]));
  const since = takenOver([...services, ...numbers]);
  return [
    {
      type: "twilio:flex:FlexFlow",
      parents: {},
      since,
      concerns: (item) => sids.has(item["chatServiceSid"]) || identities.has(item["contactIdentity"]),
    },
    {
      type: "twilio:conversations:Address",
      parents: {},
      since,
      // Flex makes an Address by itself for its web chat.
      concerns: (item) =>
        item["type"] !== "chat" &&
        (sids.has(serviceOf(item["autoCreation"])) || identities.has(item["address"])),
    },
  ];
}

/** The service that an Address opens conversations in, as Twilio writes it. */
function serviceOf(autoCreation: unknown): unknown {
  return isObject(autoCreation) ? autoCreation["conversation_service_sid"] : undefined;
}

function takenOver(resources: readonly DeployedResource[]): number {
  const times = resources.map(({ created }) => (created === undefined ? 0 : Date.parse(created)));
  return Math.min(...times);
}
