import { expect, test } from "@jest/globals";
import { useReceiver } from "../support/receiver.ts";
import { Centre, type Entry } from "../journey/centre.ts";
import { useStack, type StackConfig } from "./project.ts";

// A number goes from each kind of handling to each other, while customers write: no text may be lost on the way.

type Kind = "flex" | "conversations" | "custom";

const stack = useStack();
const handler = useReceiver();
const number = "+13125550163";

/** Each of the six changes once. */
const way: readonly Kind[] = [
  "conversations",
  "flex",
  "custom",
  "conversations",
  "custom",
  "flex",
  "conversations",
];

const handled = (kind: Kind) =>
  stack.configure((config: StackConfig) => {
    const handling = config["flex-messaging:messageHandling"] as {
      handler: { smsUrl: string; smsFallbackUrl: string };
      numbers: { web: { kind: Kind } };
    };
    handling.numbers.web.kind = kind;
    handling.handler.smsUrl = `${handler.url}/sms`;
    handling.handler.smsFallbackUrl = `${handler.url}/sms`;
  });

/** How many customers write for each change, however quick its `up` is. */
const enough = 20;

/** Customers, each of whom writes once, until told to stop. */
class Traffic {
  readonly #centre: Centre;
  readonly #first: number;
  readonly #sent: Promise<string>[] = [];
  readonly #timer: NodeJS.Timeout;

  constructor(centre: Centre, first: number) {
    this.#centre = centre;
    this.#first = first;
    this.#timer = setInterval(() => this.#text(), 100);
  }

  #text(): void {
    const customer = `+1415${String(this.#first + this.#sent.length).padStart(7, "0")}`;
    this.#sent.push(this.#centre.text(customer, number, "Is anybody there?"));
  }

  /** How many have written so far. */
  get count(): number {
    return this.#sent.length;
  }

  /** SIDs of all texts. At least one is sent after the change, and so many that there are {@link enough}. */
  stop(): Promise<string[]> {
    clearInterval(this.#timer);
    do this.#text();
    while (this.#sent.length < enough);
    return Promise.all(this.#sent);
  }
}

/** Where a text went: each kind that got it. */
function handlersOf(journey: readonly Entry[], sid: string): Kind[] {
  const went: Kind[] = [];
  if (handler.received.some(({ form }) => form["MessageSid"] === sid)) went.push("custom");
  if (journey.some(({ text }) => text.startsWith("Chat channel opened by Flex Flow "))) went.push("flex");
  if (journey.some(({ text }) => text.startsWith("Conversation opened by address ")))
    went.push("conversations");
  return went;
}

test("no text is lost when the kind of a number changes", async () => {
  const centre = new Centre(stack.client, stack.emulator);
  handler.answer = () => ({ status: 200, text: "<Response/>", type: "text/xml" });
  await handled(way[0]!);
  await stack.up();
  let [sent, doubled] = [0, 0];
  for (const [index, kind] of way.slice(1).entries()) {
    await handled(kind);
    const traffic = new Traffic(centre, 5_000_000 + index * 10_000);
    await stack.up();
    expect(traffic.count).toBeGreaterThan(0);
    const texts = await traffic.stop();
    const lost: string[] = [];
    for (const sid of texts) {
      const journey = await centre.journey(sid);
      const went = handlersOf(journey, sid);
      if (went.length === 0) lost.push(journey.map(({ stage, text }) => `${stage}: ${text}`).join("\n"));
      if (went.length > 1) doubled++;
    }
    expect({ from: way[index], to: kind, lost }).toEqual({ from: way[index], to: kind, lost: [] });
    sent += texts.length;
    expect(handlersOf(await centre.journey(texts.at(-1)!), texts.at(-1)!)).toEqual([kind]);
  }
  // Between two handlers both may get a text, never for longer than Twilio takes for two requests.
  expect(doubled).toBeLessThan(sent / 10);
}, 600_000);
