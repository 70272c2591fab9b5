import { durationText } from "../../flex-stack/report/summary-text.ts";
import { describe, type Adoption, type Found } from "../../flex-stack/adopt/index.ts";

/** Longest list that is shown whole. */
const longest = 20;

const kinds: readonly (readonly [token: string, one: string, many: string])[] = [
  ["taskrouter:Workspace", "workspace", "workspaces"],
  ["taskrouter:Activity", "activity", "activities"],
  ["taskrouter:TaskChannel", "task channel", "task channels"],
  ["taskrouter:TaskQueue", "queue", "queues"],
  ["taskrouter:Workflow", "workflow", "workflows"],
  ["chat:Service", "chat service", "chat services"],
  ["chat:Role", "role", "roles"],
  ["conversations:Service", "service of Conversations", "services of Conversations"],
  ["conversations:Role", "role", "roles"],
  ["proxy:Service", "Proxy service", "Proxy services"],
  ["studio:Flow", "Studio flow", "Studio flows"],
  ["flex:FlexFlow", "Flex Flow", "Flex Flows"],
  ["conversations:Address", "Address", "Addresses"],
  ["proxy:PhoneNumber", "number in the pool", "numbers in the pool"],
  ["api:IncomingPhoneNumber", "number", "numbers"],
];

/** What was found, where it goes and why, for people. */
export function adoptionText(
  adoption: Adoption,
  cost: { accountSid: string; calls: number; milliseconds: number },
): string {
  const all = [...adoption.configured, ...adoption.declared.map(({ found }) => found)];
  const calls = `${cost.calls} API request${cost.calls === 1 ? "" : "s"}`;
  return [
    `Account ${cost.accountSid}, read in ${durationText(cost.milliseconds)} with ${calls}:`,
    `  ${countsText(all)}`,
    ...placesText(adoption),
    ...list("Can't be declared, and stays as it is:", adoption.left),
    ...list("Properties that stay as they are without being declared:", adoption.kept),
    ...list("No part of it, and left alone:", adoption.outside),
  ].join("\n");
}

function placesText({ form, obstacles, configured, declared }: Adoption): string[] {
  if (form === "program")
    return [
      ...list("The components can't declare this account as it is:", obstacles),
      `So a program of its own declares all ${declared.length} resources.`,
    ];
  return [
    `The configuration declares ${configured.length} of them${declared.length > 0 ? `, a program part ${declared.length}` : ""}.`,
    ...list(
      "In the program part, because the configuration has no words for it:",
      declared.map(({ found, why }) => (why === undefined ? describe(found) : `${describe(found)}: ${why}`)),
    ),
  ];
}

function countsText(found: readonly Found[]): string {
  return kinds
    .flatMap(([token, one, many]) => {
      const count = found.filter(({ definition }) => definition.token === `twilio:${token}`).length;
      return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
    })
    .join(", ");
}

function list(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const more = lines.length - longest;
  const shown = more > 1 ? [...lines.slice(0, longest), `and ${more} more`] : lines;
  return [title, ...shown.map((line) => `  ${line}`)];
}
