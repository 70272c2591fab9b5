import { expect, test } from "@jest/globals";

import { thing } from "../testing/thing.ts";
import type { ResourceDefinition } from "./definition.ts";
import { TwilioError } from "./errors.ts";
import { findFix } from "./explain.ts";
import type { Doing } from "./explain.ts";

const place: ResourceDefinition = {
  ...thing,
  fixes: [{ on: "delete", status: 403, fix: "Empty it first." }],
  gone: (error) => error.code === 50050,
};

test.each<[string, Doing, number, number, RegExp]>([
  ["what it was to be made in is missing", "create", 404, 20404, /^Check the SIDs of what it is in/],
  ["that, said otherwise", "create", 403, 50050, /^Check the SIDs of what it is in/],
  ["what it is looked for in is missing", "look up", 403, 50050, /^Check the SIDs of what it is in/],
  ["it is missing, said otherwise", "update", 403, 50050, /^It was deleted behind Pulumi's back/],
  ["the credentials do not allow it", "create", 403, 20403, /^Use credentials that are allowed/],
  ["the resource itself knows", "delete", 403, 20403, /^Empty it first/],
])("%s", (_case, doing, status, code, fix) => {
  expect(findFix(new TwilioError("no", { status, code }), place, doing)).toMatch(fix);
});
