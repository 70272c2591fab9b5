import { beforeAll, expect, test } from "@jest/globals";
import { number, useCentre } from "../journey/centre.ts";

// What the page asks of endpoints that Twilio has not.

const used = useCentre();
const customer = "+12025550101";
let workerSid = "";
let messageSid = "";

const own = async <T>(path: string): Promise<T> => (await used.local.own("GET", path)).body as T;

beforeAll(async () => {
  workerSid = await used.centre.hire("ann");
  await used.centre.hire("bob", { activity: "Offline" });
  messageSid = await used.centre.text(customer, number, "Hello");
});

interface Desk {
  readonly sid: string;
  readonly reservations: readonly { readonly sid: string; readonly created: string; readonly due: string }[];
}

test("the desks are those of Flex's workspace, with what is offered", async () => {
  const { desks, total, activities } = await own<{
    desks: Desk[];
    total: number;
    activities: { name: string; available: boolean }[];
  }>("/desks");
  expect([total, desks]).toMatchObject([
    2,
    [
      {
        sid: workerSid,
        name: "ann",
        activity: { name: "Available", available: true },
        offered: 1,
        accepted: 0,
      },
      { name: "bob", activity: { name: "Offline", available: false }, offered: 0 },
    ],
  ]);
  expect(activities.find(({ name }) => name === "Available")?.available).toBe(true);
});

test.each([
  ["AN", ["ann"]],
  ["nobody", []],
])("… and can be searched: %s", async (search, names) => {
  const { desks } = await own<{ desks: { name: string }[] }>(`/desks?search=${search}`);
  expect(desks.map(({ name }) => name)).toEqual(names);
});

test("a desk tells when an offer runs out", async () => {
  const desk = await own<Desk>(`/desks/${workerSid}`);
  expect(desk).toMatchObject({
    identity: "ann",
    reservations: [{ status: "pending", timeout: 120, task: { status: "reserved", priority: 0 } }],
  });
  const [{ created, due } = { created: "", due: "" }] = desk.reservations;
  expect(Date.parse(due) - Date.parse(created)).toBe(120_000);
});

test.each(["/desks/WK0", "/executions/FN0"])("%s is not there", async (path) => {
  expect(await used.local.own("GET", path)).toMatchObject({ status: 404, body: { code: 20404 } });
});

test("the newest journeys, each with whose it is and how far it came", async () => {
  await used.centre.text("+12025550102", number, "And I");
  const { journeys } = await own<{ journeys: { sid: string }[] }>("/journeys?limit=1");
  expect(journeys).toMatchObject([
    { sid: expect.stringMatching(/^CH/), from: "+12025550102", to: number, words: "And I", errors: 0 },
  ]);
  const { journeys: both } = await own<{ journeys: { from: string }[] }>("/journeys");
  expect(both.map(({ from }) => from)).toEqual(["+12025550102", customer]);
});

test("a whole journey begins with the number, also when it is asked for by the conversation", async () => {
  interface Journey {
    readonly conversation: string;
    readonly entries: { stage: string; conversation: string }[];
  }
  const { conversation, entries } = await own<Journey>(`/journeys/${messageSid}?wait=false`);
  const whole = await own<Journey>(`/journeys/${conversation}?whole=true`);
  expect([whole.conversation, whole.entries]).toEqual([conversation, entries]);
  expect(whole.entries[0]).toMatchObject({ stage: "number", conversation: messageSid });
  const { entries: later } = await own<Journey>(`/journeys/${conversation}`);
  expect(later.map(({ stage }) => stage)).not.toContain("number");
});

test("an execution, step by step with what each made of the variables", async () => {
  const { entries } = await own<{ entries: { sid: string | null }[] }>(`/journeys/${messageSid}`);
  const sid = entries.find((entry) => entry.sid?.startsWith("FN"))?.sid ?? "";
  const execution = await own<{ steps: { from: string; changed: object }[] }>(`/executions/${sid}`);
  expect(execution).toMatchObject({ sid, flow: { name: "Messaging Flow" }, status: "ended", state: null });
  expect(execution.steps[0]).toMatchObject({ from: "Trigger", event: "incomingMessage", type: "trigger" });
  expect(Object.keys(execution.steps[0]?.changed ?? {})).toContain("trigger.message");
  expect(Object.keys(execution.steps.at(-1)?.changed ?? {})).not.toContain("trigger.message");
});
