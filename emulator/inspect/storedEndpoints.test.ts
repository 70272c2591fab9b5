import { expect, test } from "@jest/globals";
import { contactCentre } from "../../tests/support/contactCentre.ts";
import { useLocalTwilio } from "../../tests/support/useLocalTwilio.ts";
import { namedKinds } from "./consoleNames.ts";

const local = useLocalTwilio();

interface Listed {
  readonly kind: string;
  readonly console: string;
  readonly sid: string;
  readonly name: string | null;
}
interface Page {
  readonly resources: Listed[];
  readonly next: number | null;
}
interface One {
  readonly kind: string;
  readonly place: string;
  readonly name: string;
  readonly api: string | null;
  readonly resource: Record<string, unknown>;
  readonly requests: { readonly operation: string; readonly path: string; readonly query: string }[];
}

const list = async (query = ""): Promise<Page> =>
  (await local.own("GET", `/resources/list${query}`)).body as Page;
const one = async (sid: string, query = ""): Promise<One> =>
  (await local.own("GET", `/resources/${encodeURIComponent(sid)}${query}`)).body as One;
const names = ({ resources }: Page) => resources.map(({ name }) => name);

test("counts what there is by kind, with the names of the console", async () => {
  const { body } = await local.own("GET", "/resources");
  const { total, kinds } = body as { total: number; kinds: { kind: string; name: string; count: number }[] };
  const count = (kind: string) => kinds.find((each) => each.kind === kind);
  expect(count("taskrouter.TaskQueue")).toEqual({
    kind: "taskrouter.TaskQueue",
    place: "TaskRouter › Workspaces",
    name: "TaskQueue",
    count: 1,
  });
  expect(count("api.IncomingPhoneNumber")).toMatchObject({ name: "Active Number", count: 3 });
  expect(total).toBe(kinds.reduce((sum, each) => sum + each.count, 0));
});

test("every kind that is stored has a name", async () => {
  const { body } = await local.own("GET", "/resources");
  const { kinds } = body as { kinds: { kind: string }[] };
  expect(kinds.map(({ kind }) => kind).filter((kind) => !namedKinds.includes(kind))).toEqual([]);
});

test("lists a kind with the newest first, page by page", async () => {
  const centre = await contactCentre(local);
  for (const name of ["one", "two", "three"]) await centre.addWorker(name);
  const first = await list("?kind=taskrouter.Worker&limit=2");
  expect(names(first)).toEqual(["three", "two"]);
  expect(first.resources[0]).toMatchObject({ kind: "taskrouter.Worker", console: "Worker" });
  const second = await list(`?kind=taskrouter.Worker&limit=2&before=${first.next}`);
  expect(second).toMatchObject({ resources: [{ name: "one" }], next: null });
  expect(await list("?kind=nothing.AtAll")).toEqual({ resources: [], next: null });
});

test("finds resources by SID, by name and by any value, in any case of letters", async () => {
  const centre = await contactCentre(local);
  const sid = await centre.addWorker("Grace <b>Hopper</b>", {
    attributes: { skills: ['cobol_"100%"'], city: "Łódź" },
  });
  const search = (text: string) => list(`?kind=taskrouter.Worker&search=${encodeURIComponent(text)}`);
  for (const text of [sid, sid.slice(0, 12), "grace", "<B>hop", 'cobol_\\"100%', "Łódź", '"skills":['])
    expect(names(await search(text))).toEqual(["Grace <b>Hopper</b>"]);
  // What means something to SQL and to LIKE is text like any other.
  for (const text of ["cobolx", "100_", "_%", "\\\\\\", "' OR 1=1 --", "grace%hopper"])
    expect([text, names(await search(text))]).toEqual([text, []]);
});

test("shows a resource as its API does, with the requests that touched it", async () => {
  const centre = await contactCentre(local);
  await local.own("DELETE", "/requests");
  const sid = await centre.addWorker("ann");
  const fetched = await local.send(
    "GET",
    `https://taskrouter.twilio.com/v1/Workspaces/${centre.workspaceSid}/Workers/${sid}`,
  );
  const found = await one(sid);
  expect(found).toMatchObject({
    kind: "taskrouter.Worker",
    place: "TaskRouter › Workspaces",
    name: "Worker",
    api: `https://taskrouter.twilio.com/v1/Workspaces/${centre.workspaceSid}/Workers/${sid}`,
  });
  expect(found.resource).toEqual(fetched.body);
  expect(found.requests.map(({ operation }) => operation)).toEqual([
    "CreateWorker",
    "UpdateWorker",
    "FetchWorker",
  ]);
});

test("every resource of a Flex account is shown as its API shows it, or has none", async () => {
  const without = new Set<string>();
  let page = await list("?limit=200");
  for (;;) {
    for (const { sid, kind } of page.resources) {
      const found = await one(sid, `?kind=${kind}`);
      expect(found.kind).toBe(kind);
      if (found.api === null) without.add(kind);
      else if ("sid" in found.resource) expect(found.resource["sid"]).toBe(sid.split("/")[0]);
    }
    if (page.next === null) break;
    page = await list(`?limit=200&before=${page.next}`);
  }
  expect([...without]).toEqual([]);
});

test("shows no credential, and a search finds none out", async () => {
  const key = await local.client.newKeys.create({ friendlyName: "key" });
  const { accountSid, authToken } = local.emulator;
  const account = await one(accountSid, "?kind=api.Account");
  expect(account.resource["auth_token"]).toBe("[secret]");
  for (const text of [authToken, key.secret, authToken.slice(0, 6)])
    expect(await list(`?search=${encodeURIComponent(text)}`)).toEqual({ resources: [], next: null });
  expect(JSON.stringify(await one(key.sid))).not.toContain(key.secret);
});

test.each([
  ["/resources/list?limit=0", 400],
  ["/resources/list?limit=201", 400],
  ["/resources/list?limit=x", 400],
  ["/resources/list?before=-1", 400],
  ["/resources/list?before=1e3", 400],
  ["/resources/list?before=9999999999999999", 400],
  [`/resources/list?search=${"x".repeat(201)}`, 400],
  ["/resources/list?search=%00", 200],
  ["/resources/list?kind=a&kind=b", 200],
  ["/resources/list?search=&kind=&before=", 200],
  ["/resources/nothing", 404],
  [`/resources/WK${"0".repeat(32)}`, 404],
  ["/resources/'%20OR%201=1", 404],
])("answers GET %s with %d", async (path, status) => {
  expect((await local.own("GET", path)).status).toBe(status);
});
