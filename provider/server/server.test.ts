import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import grpc from "@grpc/grpc-js";
import emptyPb from "google-protobuf/google/protobuf/empty_pb.js";
import structPb from "google-protobuf/google/protobuf/struct_pb.js";
import providerGrpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import providerPb from "@pulumi/pulumi/proto/provider_pb.js";
import statusPb from "@pulumi/pulumi/proto/status_pb.js";

import { resources } from "../resources/index.ts";
import { FakeServer, health } from "../testing/fakeServer.ts";
import { ProviderServer } from "./server.ts";

const sidOf = (prefix: string, digit = "1") => prefix + digit.repeat(32);
const accountSid = sidOf("AC");
const workspaceSid = sidOf("WS");
const queueSid = sidOf("WQ");
const token = "hush-token";
const urnOf = (type: string, name = "one") => `urn:pulumi:dev::test::my:Parent$${type}::${name}`;
const queueUrn = urnOf("twilio:taskrouter:TaskQueue");

type Client = InstanceType<typeof providerGrpc.ResourceProviderClient>;
type Call<Request, Response> = (
  request: Request,
  callback: (error: grpc.ServiceError | null, response: Response) => void,
) => unknown;

const twilio = new FakeServer();
const servers: ProviderServer[] = [];
const clients: Client[] = [];
let client: Client;

beforeAll(async () => {
  await twilio.start();
});
afterAll(async () => {
  clients.forEach((one) => one.close());
  servers.forEach((one) => one.close());
  await twilio.stop();
});
beforeEach(async () => {
  client = await newClient();
  await configure({ accountSid, authToken: token, endpoint: twilio.url.href, maxRetries: 2 });
  twilio.received.length = 0;
  answer({});
});

/** A client of a provider of its own. */
async function newClient(env: { [name: string]: string } = {}): Promise<Client> {
  const server = new ProviderServer({ definitions: resources, env });
  servers.push(server);
  const port = await server.listen();
  const one = new providerGrpc.ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  clients.push(one);
  return one;
}

/** Answers by "METHOD path"; the account is always fine. */
function answer(answers: {
  [request: string]: [status: number, body: object, headers?: { [name: string]: string }];
}) {
  twilio.reply = ({ method, path }) => {
    if (path.endsWith(`/Accounts/${accountSid}.json`)) return { status: 200, body: { status: "active" } };
    const [status, body, headers = {}] = answers[`${method} ${path}`] ?? [
      404,
      { code: 20404, message: "not found" },
    ];
    return { status, body, headers };
  };
}

const struct = (value: object) =>
  structPb.Struct.fromJavaScript(value as { [name: string]: structPb.JavaScriptValue });

function call<Request, Response>(method: Call<Request, Response>, request: Request): Promise<Response> {
  return new Promise((resolve, reject) => {
    method(request, (error, response) => (error ? reject(error) : resolve(response)));
  });
}

const configure = (config: object) =>
  call<providerPb.ConfigureRequest, providerPb.ConfigureResponse>(
    client.configure.bind(client),
    new providerPb.ConfigureRequest().setArgs(struct(config)),
  );

const create = (urn: string, inputs: object, preview = false) =>
  call<providerPb.CreateRequest, providerPb.CreateResponse>(
    client.create.bind(client),
    new providerPb.CreateRequest().setUrn(urn).setProperties(struct(inputs)).setPreview(preview),
  );

const queue = { workspaceSid, friendlyName: "Billing" };
const created = {
  sid: queueSid,
  account_sid: accountSid,
  workspace_sid: workspaceSid,
  friendly_name: "Billing",
  target_workers: "1==1",
  max_reserved_workers: 1,
  task_order: "FIFO",
  date_created: "2026-01-01T00:00:00Z",
};
const queues = `/v1/Workspaces/${workspaceSid}/TaskQueues`;

describe("what Pulumi asks first", () => {
  test("secrets and previews are supported", async () => {
    const handshake = await call<providerPb.ProviderHandshakeRequest, providerPb.ProviderHandshakeResponse>(
      client.handshake.bind(client),
      new providerPb.ProviderHandshakeRequest(),
    );
    expect(handshake.toObject()).toMatchObject({ acceptSecrets: true, acceptOutputs: false });
    const configured = await configure({ accountSid, authToken: token });
    expect(configured.toObject()).toMatchObject({ acceptsecrets: true, supportspreview: true });
  });

  test("the schema names every resource and its look-up", async () => {
    const answered = await call<providerPb.GetSchemaRequest, providerPb.GetSchemaResponse>(
      client.getSchema.bind(client),
      new providerPb.GetSchemaRequest(),
    );
    const schema = JSON.parse(answered.getSchema()) as { resources: object; functions: object };
    expect(Object.keys(schema.resources)).toEqual(resources.map((one) => one.token));
    expect(Object.keys(schema.functions)).toContain("twilio:taskrouter:getTaskQueue");
  });

  test("what is not supported says so", async () => {
    const request = new providerPb.ConstructRequest();
    await expect(call(client.construct.bind(client), request)).rejects.toMatchObject({
      code: grpc.status.UNIMPLEMENTED,
    });
  });

  test("an unknown resource is an error", async () => {
    await expect(create(urnOf("twilio:taskrouter:Robot"), {})).rejects.toMatchObject({
      details: "the provider has no resource twilio:taskrouter:Robot",
    });
  });
});

describe("configuration", () => {
  const check = (config: object) =>
    call<providerPb.CheckRequest, providerPb.CheckResponse>(
      client.checkConfig.bind(client),
      new providerPb.CheckRequest().setNews(struct(config)),
    );

  test("credentials become secret, and the account is named", async () => {
    const checked = await check({ accountSid, authToken: token, endpoint: twilio.url.href });
    expect(checked.getFailuresList()).toEqual([]);
    expect(checked.getInputs()!.toJavaScript()).toMatchObject({ accountSid, authToken: { value: token } });
  });

  test("another account is refused before anything is asked of it", async () => {
    const request = new providerPb.DiffRequest()
      .setOldInputs(struct({ accountSid }))
      .setNews(struct({ accountSid: sidOf("AC", "2") }));
    await expect(call(client.diffConfig.bind(client), request)).rejects.toThrow(
      `this stack's resources are in account ${accountSid}`,
    );
  });

  const { DIFF_SOME, DIFF_NONE } = providerPb.DiffResponse.DiffChanges;
  test.each([
    ["changed credentials arrive", { authToken: "old" }, { authToken: "new" }, DIFF_SOME, ["authToken"]],
    [
      "credentials from elsewhere arrive",
      { authToken: "old" },
      { apiKey: "new" },
      DIFF_SOME,
      ["authToken", "apiKey"],
    ],
    ["the same configuration is no change", { authToken: "old" }, { authToken: "old" }, DIFF_NONE, []],
  ])("%s", async (_name, old, news, changes, names) => {
    const request = new providerPb.DiffRequest()
      .setOldInputs(struct({ accountSid, ...old }))
      .setNews(struct({ accountSid, ...news }));
    const diff = await call<providerPb.DiffRequest, providerPb.DiffResponse>(
      client.diffConfig.bind(client),
      request,
    );
    expect([diff.getChanges(), diff.getDiffsList()]).toEqual([changes, names]);
  });

  const recordedAt = (localTwilio: string, endpoint = "http://127.0.0.1:4100") => ({
    accountSid,
    authToken: token,
    endpoint,
    __localTwilio: localTwilio,
  });
  const stranger = "f".repeat(32);

  test("the local Twilio is recorded, where no one sees it", async () => {
    const checked = await check({ accountSid, authToken: token, endpoint: twilio.url.href });
    expect(checked.getInputs()!.toJavaScript()).toMatchObject({ __localTwilio: health.identity });
  });

  test.each([
    [
      "another local Twilio",
      recordedAt(stranger),
      recordedAt(health.identity),
      "another local Twilio (ffff-ffff)",
    ],
    [
      "Twilio itself, with what a local Twilio has",
      recordedAt(stranger),
      { accountSid },
      "in the local Twilio ffff-ffff, but the provider is configured for Twilio itself",
    ],
    [
      "another region",
      { accountSid, region: "ie1" },
      { accountSid },
      "in region ie1, but the provider is configured for us1.\nFix: correct twilio:region or TWILIO_REGION",
    ],
  ])("%s is refused", async (_name, old, news, message) => {
    const request = new providerPb.DiffRequest()
      .setUrn("urn:pulumi:dev::test::pulumi:providers:twilio::default")
      .setOldInputs(struct(old))
      .setNews(struct(news));
    await expect(call(client.diffConfig.bind(client), request)).rejects.toThrow(message);
  });

  test("another local Twilio is refused by its check, before it gets credentials", async () => {
    const request = new providerPb.CheckRequest()
      .setUrn("urn:pulumi:dev::test::pulumi:providers:twilio::default")
      .setOlds(struct(recordedAt(stranger)))
      .setNews(struct({ accountSid, authToken: "other", endpoint: twilio.url.href }));
    const checked = await call<providerPb.CheckRequest, providerPb.CheckResponse>(
      client.checkConfig.bind(client),
      request,
    );
    expect(checked.getFailuresList().map((one) => one.getReason())).toEqual([
      expect.stringContaining("npx flex-stack up --refresh --stack dev"),
    ]);
    expect(twilio.received).toEqual([]);
  });

  test.each<[string, (request: { id: string; urn: string }) => Promise<unknown>]>([
    [
      "read",
      ({ id, urn }) => call(client.read.bind(client), new providerPb.ReadRequest().setId(id).setUrn(urn)),
    ],
    [
      "delete",
      ({ id, urn }) =>
        call(
          client.delete.bind(client),
          new providerPb.DeleteRequest().setId(id).setUrn(urn).setProperties(struct(queue)),
        ),
    ],
  ])("what a stranger lacks is not told as gone: %s", async (_name, ask) => {
    client = await newClient();
    await configure(recordedAt(stranger, twilio.url.href));
    await expect(ask({ id: `${workspaceSid}/${queueSid}`, urn: queueUrn })).rejects.toThrow(
      "this stack's resources are in another local Twilio",
    );
    expect(twilio.received).toEqual([]);
  });

  describe("where the state does not prove that this is where it was made", () => {
    const checkFrom = async (old: object) => {
      const request = new providerPb.CheckRequest()
        .setUrn("urn:pulumi:dev::test::pulumi:providers:twilio::default")
        .setOlds(struct(old))
        .setNews(struct({ accountSid, authToken: token, endpoint: twilio.url.href }));
      const checked = await call<providerPb.CheckRequest, providerPb.CheckResponse>(
        client.checkConfig.bind(client),
        request,
      );
      expect(checked.getFailuresList()).toEqual([]);
    };
    const diffQueue = () =>
      call<providerPb.DiffRequest, providerPb.DiffResponse>(
        client.diff.bind(client),
        new providerPb.DiffRequest()
          .setId(`${workspaceSid}/${queueSid}`)
          .setUrn(queueUrn)
          .setOlds(struct({ ...queue, sid: queueSid, accountSid }))
          .setOldInputs(struct(queue))
          .setNews(struct(queue)),
      );
    const old: [string, object, { [name: string]: string }][] = [
      ["of before there were identities", { accountSid }, {}],
      [
        "of one that this may stand in for",
        { accountSid, __localTwilio: stranger },
        { TWILIO_PROVIDER_LOCAL_TWILIO: health.identity },
      ],
    ];
    test.each(old)("a state %s: what is there is as it was", async (_name, { ...inputs }, env) => {
      client = await newClient(env);
      await checkFrom({ ...inputs, endpoint: twilio.url.href });
      answer({ [`GET ${queues}/${queueSid}`]: [200, created] });
      expect((await diffQueue()).getChanges()).toBe(DIFF_NONE);
    });
    test.each(old)("a state %s: what is not there is no success", async (_name, { ...inputs }, env) => {
      client = await newClient(env);
      await checkFrom({ ...inputs, endpoint: twilio.url.href });
      await expect(diffQueue()).rejects.toThrow(
        `the TaskQueue "one" (${workspaceSid}/${queueSid}) is not in account ${accountSid} at`,
      );
      await expect(diffQueue()).rejects.toThrow("not attempted, for the reason given for another resource");
    });
    test("a state of this very one takes no request", async () => {
      client = await newClient();
      await checkFrom(recordedAt(health.identity));
      twilio.received.length = 0;
      expect((await diffQueue()).getChanges()).toBe(DIFF_NONE);
      expect(twilio.received).toEqual([]);
    });
  });

  test("one that is not known yet leaves previews, and nothing else", async () => {
    client = await newClient();
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    await configure({ accountSid, authToken: unknown });
    expect((await create(queueUrn, { ...queue, adopt: true }, true)).getId()).toBe("");
    await expect(create(queueUrn, queue)).rejects.toThrow("the provider is not configured");
  });
});

test("a check names the property where its value may be shown, else in the reason", async () => {
  const secret = (value: unknown) => ({
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    value,
  });
  const inputs = {
    workspaceSid: secret("hush-sid"),
    friendlyName: "Billing",
    maxReservedWorkers: 51,
    targetWorkers: ["a list"],
  };
  const request = new providerPb.CheckRequest().setUrn(queueUrn).setNews(struct(inputs));
  const checked = await call<providerPb.CheckRequest, providerPb.CheckResponse>(
    client.check.bind(client),
    request,
  );
  expect(checked.getFailuresList().map((failure) => [failure.getProperty(), failure.getReason()])).toEqual([
    ["", "workspaceSid must be a SID: WS and 32 hexadecimal digits"],
    ["", 'targetWorkers must be a text, got ["a list"]'],
    ["maxReservedWorkers", "must be a whole number from 1 to 50, got 51"],
  ]);
  expect(checked.getInputs()!.toJavaScript()).toEqual(inputs);
});

test("a diff says what changes, what is replaced and what stays", async () => {
  const state = {
    ...queue,
    sid: queueSid,
    accountSid,
    targetWorkers: "1==1",
    maxReservedWorkers: 1,
    taskOrder: "FIFO",
  };
  const request = new providerPb.DiffRequest()
    .setId(`${workspaceSid}/${queueSid}`)
    .setUrn(queueUrn)
    .setOlds(struct(state))
    .setOldInputs(struct(queue))
    .setNews(struct({ ...queue, workspaceSid: sidOf("WS", "2"), maxReservedWorkers: 2 }));
  const diff = await call<providerPb.DiffRequest, providerPb.DiffResponse>(client.diff.bind(client), request);
  const { Kind } = providerPb.PropertyDiff;
  const details = [...diff.getDetaileddiffMap().entries()].map(([path, one]) => [path, one.getKind()]);
  expect(Object.fromEntries(details)).toEqual({
    workspaceSid: Kind.UPDATE_REPLACE,
    maxReservedWorkers: Kind.UPDATE,
  });
  expect(diff.toObject()).toMatchObject({
    changes: providerPb.DiffResponse.DiffChanges.DIFF_SOME,
    hasdetaileddiff: true,
    replacesList: ["workspaceSid"],
    deletebeforereplace: false,
    diffsList: ["workspaceSid", "maxReservedWorkers"],
    stablesList: ["sid", "accountSid", "dateCreated", "url"],
  });
});

test("a resource of another account is left alone", async () => {
  const request = new providerPb.DeleteRequest()
    .setId(`${workspaceSid}/${queueSid}`)
    .setUrn(queueUrn)
    .setProperties(struct({ ...queue, accountSid: sidOf("AC", "2") }));
  await expect(call(client.delete.bind(client), request)).rejects.toThrow(
    `this stack's resources are in account ${sidOf("AC", "2")}`,
  );
  expect(twilio.received).toEqual([]);
});

test("a resource that is gone has no id", async () => {
  const request = new providerPb.ReadRequest().setId(`${workspaceSid}/${queueSid}`).setUrn(queueUrn);
  const read = await call<providerPb.ReadRequest, providerPb.ReadResponse>(client.read.bind(client), request);
  expect(read.getId()).toBe("");
});

test("an id of another kind says what was expected", async () => {
  const request = new providerPb.ReadRequest().setId(queueSid).setUrn(queueUrn);
  await expect(call(client.read.bind(client), request)).rejects.toThrow(
    `"${queueSid}" is no id of a TaskQueue: expected WS…/WQ…`,
  );
});

test("a half-made resource comes with its id, state, inputs and reasons", async () => {
  const sid = sidOf("IS");
  const inputs = { friendlyName: "Chat", postWebhookUrl: "https://example.com" };
  answer({
    "POST /v2/Services": [201, { sid, account_sid: accountSid, friendly_name: "Chat" }],
    [`POST /v2/Services/${sid}`]: [400, { code: 50054, message: "Bad URL" }],
  });
  const error = await create(urnOf("twilio:chat:Service"), inputs).catch((caught: unknown) => caught);
  const [bytes] = (error as grpc.ServiceError).metadata.get("grpc-status-details-bin");
  const [detail] = statusPb.Status.deserializeBinary(bytes as Buffer).getDetailsList();
  const failed = providerPb.ErrorResourceInitFailed.deserializeBinary(detail!.getValue_asU8());
  expect(failed.getId()).toBe(sid);
  expect(failed.getProperties()!.toJavaScript()).toMatchObject({ sid, friendlyName: "Chat" });
  expect(failed.getInputs()!.toJavaScript()).toEqual(inputs);
  expect(failed.getReasonsList()).toEqual([
    expect.stringContaining("Bad URL (HTTP 400, Twilio error 50054)"),
  ]);
});

test("errors do not show credentials, even when Twilio does", async () => {
  answer({ [`POST ${queues}`]: [400, { code: 1, message: `your token ${token} is nice` }] });
  await expect(create(queueUrn, queue)).rejects.toMatchObject({
    details: 'can\'t create the TaskQueue "one": your token [secret] is nice (HTTP 400, Twilio error 1)',
  });
});

describe("a look-up", () => {
  const invoke = (args: object) =>
    call<providerPb.InvokeRequest, providerPb.InvokeResponse>(
      client.invoke.bind(client),
      new providerPb.InvokeRequest().setTok("twilio:taskrouter:getTaskQueue").setArgs(struct(args)),
    );

  test("answers the resource", async () => {
    answer({ [`GET ${queues}/${queueSid}`]: [200, created] });
    expect((await invoke({ workspaceSid, sid: queueSid })).getReturn()!.toJavaScript()).toMatchObject({
      id: `${workspaceSid}/${queueSid}`,
      friendlyName: "Billing",
    });
  });

  test("says everything that is wrong with its arguments", async () => {
    const failures = (await invoke({ friendlyNam: "x" })).getFailuresList();
    expect(failures.map((one) => one.getProperty())).toEqual(["friendlyNam", "workspaceSid"]);
  });
});

describe("cancellation", () => {
  test("ends a create that waits, promptly", async () => {
    answer({ [`POST ${queues}`]: [429, {}, { "Retry-After": "200" }] });
    const waiting = create(queueUrn, queue).catch((error: unknown) => error as grpc.ServiceError);
    while (!twilio.received.some(({ method }) => method === "POST")) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    await call(client.cancel.bind(client), new emptyPb.Empty());
    expect((await waiting) as grpc.ServiceError).toMatchObject({ details: "cancelled" });
  });

  test("starts nothing new", async () => {
    await call(client.cancel.bind(client), new emptyPb.Empty());
    await expect(create(queueUrn, queue)).rejects.toMatchObject({ details: "cancelled" });
    expect(twilio.received).toEqual([]);
  });
});
