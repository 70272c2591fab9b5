import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { parseId } from "../../provider/engine/id.ts";
import type { Properties } from "../../provider/engine/value.ts";
import { resources } from "../../provider/resources/index.ts";
import { sdkClient } from "../../provider/http/sdkClient.ts";
import { TwilioProvider, type Recorded } from "../../provider/server/provider.ts";
import { useLocalTwilio } from "../support/useLocalTwilio.ts";
import { cases } from "./cases/index.ts";

const local = useLocalTwilio({ seed: "empty" });
const providers: TwilioProvider[] = [];
/** Requests of the provider at hand, as it tells them. */
let requests: string[];

/** A provider as at the begin of a run, called without Pulumi. */
function newProvider(): TwilioProvider {
  const told: string[] = [];
  requests = told;
  const provider = new TwilioProvider({
    definitions: resources,
    env: {},
    log: (_severity, message) => {
      if (/^(GET|POST|DELETE) https:/.test(message)) told.push(message.replace(/, \d+ ms$/, ""));
    },
  });
  const { url, accountSid, authToken } = local.emulator;
  provider.configure({ endpoint: url, accountSid, authToken }, "");
  providers.push(provider);
  return provider;
}

afterAll(() => providers.forEach((one) => one.close()));

const subjectOf = (type: string, name: string) => ({
  urn: `urn:pulumi:test::lifecycle::${type}::${name}`,
  type,
});

interface Made extends Recorded {
  name: string;
  type: string;
}

async function make(provider: TwilioProvider, type: string, name: string, inputs: Properties): Promise<Made> {
  const { id, state } = await provider.create(subjectOf(type, name), inputs, false);
  return { name, type, id, state, inputs };
}

const readOf = (provider: TwilioProvider, { name, type, ...recorded }: Made) =>
  provider.read(subjectOf(type, name), recorded);

/** As Pulumi does, so many at a time. */
async function inTurns<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const rest = [...items.entries()];
  const worker = async (): Promise<void> => {
    for (let next = rest.shift(); next; next = rest.shift()) results[next[0]] = await work(next[1]);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

describe("every type of resource", () => {
  const made: { [name: string]: Made } = {};

  beforeAll(async () => {
    const provider = newProvider();
    // What a case refers to comes first.
    const ensured = async (name: string): Promise<Made> => {
      const { token, inputs } = cases.find((one) => one.name === name)!;
      return (made[name] ??= await make(provider, token, name, (await resolved(inputs)) as Properties));
    };
    const resolved = async (value: unknown): Promise<unknown> => {
      if (typeof value !== "object" || value === null) return value;
      if (Array.isArray(value)) {
        const items: unknown[] = [];
        for (const item of value) items.push(await resolved(item));
        return items;
      }
      if ("$ref" in value) {
        const [name = "", output = ""] = String(value.$ref).split(".");
        return (await ensured(name)).state[output];
      }
      const entries: [string, unknown][] = [];
      for (const [key, item] of Object.entries(value)) entries.push([key, await resolved(item)]);
      return Object.fromEntries(entries);
    };
    for (const { name } of cases) await ensured(name);
  });

  test.each(cases.map(({ name, token }) => [name, token]))(
    "%s (%s) is the same in its list",
    async (name) => {
      const { type, id } = made[name]!;
      const definition = resources.find((one) => one.token === type)!;
      const { accountSid, authToken } = local.emulator;
      const client = await sdkClient({
        accountSid,
        username: accountSid,
        password: authToken,
        http: { request: async (sent) => bodyAsText(await local.http.request(sent as never)) },
      });
      const { parents, sid } = parseId(definition, id, accountSid);
      const { fetch, page } = definition.at(client, parents);
      if (page === undefined || definition.listsInPart === true) return;
      const { items } = await page();
      expect(items.find((item) => item["sid"] === sid)).toEqual(await fetch(sid));
    },
  );
});

function bodyAsText({ statusCode, body, headers }: { statusCode: number; body: unknown; headers: object }) {
  return { statusCode, body: JSON.stringify(body), headers: headers as { [name: string]: string } };
}

describe("a thousand and two resources", () => {
  let queues: Made[];
  let workspace: Made;

  beforeAll(async () => {
    const provider = newProvider();
    workspace = await make(provider, "twilio:taskrouter:Workspace", "large", { friendlyName: "Large" });
    const names = Array.from({ length: 1001 }, (_, index) => `q${index}`);
    queues = await inTurns(names, 16, (name) =>
      make(provider, "twilio:taskrouter:TaskQueue", name, {
        workspaceSid: workspace.state["sid"]!,
        friendlyName: name,
      }),
    );
  }, 60_000);

  test("are read with pages of their list, and each as it is now", async () => {
    const client = local.client.taskrouter.v1.workspaces(workspace.id).taskQueues;
    const [gone, edited] = [queues[500]!, queues[501]!];
    await client(gone.id.split("/")[1]!).remove();
    await client(edited.id.split("/")[1]!).update({ maxReservedWorkers: 7 });
    const provider = newProvider();
    const found = await inTurns([workspace, ...queues], 16, (one) => readOf(provider, one));
    expect(found.flatMap((one, index) => (one === undefined ? [index - 1] : []))).toEqual([500]);
    expect(
      found.flatMap((one, index) => (one?.inputs["maxReservedWorkers"] === 7 ? [index - 1] : [])),
    ).toEqual([501]);
    const asked = requests.map((request) => request.replace(/\w{2}[0-9a-f]{32}/g, "SID"));
    expect(asked.toSorted()).toEqual([
      "GET https://api.twilio.com/2010-04-01/Accounts/SID.json 200",
      "GET https://taskrouter.twilio.com/v1/Workspaces/SID 200",
      "GET https://taskrouter.twilio.com/v1/Workspaces/SID/TaskQueues 200",
      // What the list does not have.
      "GET https://taskrouter.twilio.com/v1/Workspaces/SID/TaskQueues/SID 404",
    ]);
  });

  test("nothing that was read before a write is told after it", async () => {
    const provider = newProvider();
    const some = queues.slice(0, 10);
    await Promise.all(some.map((one) => readOf(provider, one)));
    const [first] = some;
    const { name, type, ...old } = first!;
    const inputs = { ...old.inputs, maxReservedWorkers: 9 };
    await provider.update(subjectOf(type, name), old, inputs, false);
    expect((await readOf(provider, first!))?.inputs).toMatchObject({ maxReservedWorkers: 9 });
    expect(requests.filter((request) => request.startsWith("GET")).length).toBe(3);
  });

  test("what is to be taken over is found in one list in a preview, and by its name in an update", async () => {
    const provider = newProvider();
    const adopted = queues.slice(20, 60).map(({ name, type, inputs }) => ({
      subject: subjectOf(type, `${name}-again`),
      inputs: { ...inputs, adopt: true },
    }));
    const previews = await Promise.all(
      adopted.map(({ subject, inputs }) => provider.create(subject, inputs, true)),
    );
    expect(previews.map(({ id }) => id)).toEqual(queues.slice(20, 60).map(({ id }) => id));
    // One page holds the thousand that are left.
    expect(requests.length).toBe(2);
    const [one] = adopted;
    await newProvider().create(one!.subject, one!.inputs, false);
    expect(requests.at(-1)).toMatch(/TaskQueues 200$/);
    expect(requests.length).toBe(2);
  });
});
