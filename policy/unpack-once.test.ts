import { createRequire } from "node:module";
import { beforeAll, expect, test } from "@jest/globals";
import structPb from "google-protobuf/google/protobuf/struct_pb.js";
import { UNKNOWN } from "./unknown.ts";
import { plainOnce, unpackOnce } from "./unpack-once.ts";

const require = createRequire(import.meta.url);
const deserialize = require("@pulumi/policy/deserialize.js") as {
  deserializeProperties(struct: structPb.Struct, secretsKept: boolean): object;
};
const proxy = require("@pulumi/policy/proxy.js") as {
  unknownCheckingProxy(value: object): object;
  unknownStringValue: string;
};

beforeAll(unpackOnce);

function struct(values: Record<string, string | string[]>): structPb.Struct {
  return structPb.Struct.fromJavaScript(values);
}

test("what a request says of a resource is unpacked once, of another one anew", () => {
  const [one, same] = [struct({ friendlyName: "agent" }), struct({ friendlyName: "agent" })];
  const first = deserialize.deserializeProperties(one, false);
  expect(first).toEqual({ friendlyName: "agent" });
  expect(deserialize.deserializeProperties(one, false)).toBe(first);
  expect(deserialize.deserializeProperties(same, false)).not.toBe(first);
});

test("what a remediation may change is its own", () => {
  const one = struct({ friendlyName: "agent" });
  expect(deserialize.deserializeProperties(one, true)).not.toBe(deserialize.deserializeProperties(one, true));
});

test("rules share the copy of what they are handed through proxies of their own", () => {
  const properties = deserialize.deserializeProperties(
    struct({ sid: proxy.unknownStringValue, permission: ["sendMessage"] }),
    false,
  );
  const copy = plainOnce(proxy.unknownCheckingProxy(properties));
  expect(copy).toEqual({ sid: UNKNOWN, permission: ["sendMessage"] });
  expect(plainOnce(proxy.unknownCheckingProxy(properties))).toBe(copy);
  expect(plainOnce({ permission: ["sendMessage"] })).toEqual({ permission: ["sendMessage"] });
});
