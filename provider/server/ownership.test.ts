import { afterAll, beforeAll, expect, test } from "@jest/globals";
import grpc from "@grpc/grpc-js";
import structPb from "google-protobuf/google/protobuf/struct_pb.js";
import providerGrpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import providerPb from "@pulumi/pulumi/proto/provider_pb.js";

import type { ResourceDefinition } from "../engine/definition.ts";
import { formatId } from "../engine/id.ts";
import type { Owner } from "../engine/records.ts";
import { resources } from "../resources/index.ts";
import { FakeServer } from "../testing/fakeServer.ts";
import { ProviderServer } from "./server.ts";

const sidOf = (prefix: string, number = 1) => prefix + String(number).padStart(32, "1");
const accountSid = sidOf("AC");
const urnOf = (type: string, name: string) => `urn:pulumi:dev::test::${type}::${name}`;
const struct = (value: object) =>
  structPb.Struct.fromJavaScript(value as { [name: string]: structPb.JavaScriptValue });

const twilio = new FakeServer();
let server: ProviderServer;
let client: InstanceType<typeof providerGrpc.ResourceProviderClient>;
/** Names of the resources that each object is. */
let names: string[];

beforeAll(async () => {
  await twilio.start();
  twilio.reply = ({ path }) =>
    path.endsWith(`/Accounts/${accountSid}.json`)
      ? { status: 200, body: { status: "active" } }
      : { status: 200, body: { sid: "x" } };
  server = new ProviderServer({
    definitions: resources,
    env: {},
    records: ({ stack, project }) => {
      expect([stack, project]).toEqual(["dev", "test"]);
      return {
        owners: async ({ token }) =>
          names.map((name): Owner => ({ urn: urnOf(token, name), state: {}, inputs: {} })),
        elsewhere: async () => ({ stacks: [], unread: [] }),
      };
    },
  });
  const port = await server.listen();
  client = new providerGrpc.ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  await new Promise((resolve, reject) => {
    const settings = { accountSid, authToken: "hush", endpoint: twilio.url.href };
    client.configure(new providerPb.ConfigureRequest().setArgs(struct(settings)), (error, response) =>
      error ? reject(error) : resolve(response),
    );
  });
});
afterAll(async () => {
  client.close();
  server.close();
  await twilio.stop();
});

const remove = async (definition: ResourceDefinition, name: string): Promise<string[]> => {
  // Two APIs can have one thing under one SID: each resource has things of its own here.
  const number = resources.indexOf(definition);
  const parents = Object.fromEntries(
    Object.entries(definition.parents).map(([input, { prefix }]) => [input, sidOf(prefix, number)]),
  );
  const id = formatId(definition, { parents, sid: sidOf(definition.sid ?? "XX", number) }, accountSid);
  twilio.received.length = 0;
  await new Promise((resolve, reject) => {
    const request = new providerPb.DeleteRequest()
      .setUrn(urnOf(definition.token, name))
      .setId(id)
      .setProperties(struct({ ...parents, accountSid, adopted: false, __baseline: { timeout: 1 } }))
      .setOldInputs(struct({ ...parents, deleteAdopted: true }));
    client.delete(request, (error, response) => (error ? reject(error) : resolve(response)));
  });
  return twilio.received.map(({ method }) => method).filter((method) => method !== "GET");
};

test.each(resources.map((definition) => [definition.token, definition] as const))(
  "%s that has two names in the stack stays when one of them goes",
  async (_, definition) => {
    names = ["old", "new"];
    expect(await remove(definition, "old")).toEqual([]);
    expect(twilio.received.filter(({ path }) => !path.includes("/Accounts/"))).toEqual([]);
  },
);
