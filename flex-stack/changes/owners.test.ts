import { expect, test } from "@jest/globals";
import { Owners } from "./owners.ts";

const urnOf = (type: string, name: string) => `urn:pulumi:dev::flex::${type}::${name}`;

test.each(["Service", "Role", "User"])("a %s of Chat goes on as one of Conversations, and back", (kind) => {
  const [chat, conversations] = [`twilio:chat:${kind}`, `twilio:conversations:${kind}`];
  for (const [from, to] of [
    [chat, conversations],
    [conversations, chat],
  ] as const) {
    const owners = new Owners();
    const [gone, heir] = [urnOf(from, "old"), urnOf(to, "new")];
    const state = { type: to, urn: heir, id: "IS1/RL1", custom: true, protect: true };
    owners.observe({ op: "create", urn: heir, type: to, provider: "", new: state } as never);
    expect(owners.heirOf({ urn: gone, type: from, id: "IS1/RL1" })).toEqual({ urn: heir, protect: true });
    expect(owners.heirOf({ urn: gone, type: from, id: "IS1/RL2" })).toBeUndefined();
  }
});

test("an object of no other API is one of its own type", () => {
  const owners = new Owners();
  const type = "twilio:conversations:Address";
  const state = { type, urn: urnOf(type, "new"), id: "IG1", custom: true };
  owners.observe({ op: "create", urn: state.urn, type, provider: "", new: state } as never);
  expect(owners.heirOf({ urn: "old", type: "twilio:chat:Address", id: "IG1" })).toBeUndefined();
});
