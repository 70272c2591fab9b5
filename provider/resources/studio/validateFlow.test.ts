import { expect, test } from "@jest/globals";
import type { Twilio } from "twilio";

import { TwilioError } from "../../engine/errors.ts";
import { validateFlow } from "./validateFlow.ts";

const inputs = { friendlyName: "Flow", status: "published", definition: { states: [] } };

const twilioThat = (update: (params: object) => Promise<unknown>) =>
  ({ studio: { v2: { flowValidate: { update } } } }) as unknown as Twilio;

const refused = (details: unknown) =>
  twilioThat(() =>
    Promise.reject(
      new TwilioError("Flow definition validation failed", { status: 400, code: 81022, details }),
    ),
  );

test("a valid flow has no failures", async () => {
  const sent: object[] = [];
  const twilio = twilioThat((params) => {
    sent.push(params);
    return Promise.resolve({ valid: true });
  });
  expect(await validateFlow(twilio, inputs)).toEqual([]);
  expect(sent).toEqual([inputs]);
});

test.each<[string, unknown, object[]]>([
  [
    "each finding has its path",
    {
      errors: [
        { message: "must match a widget name", property_path: "#/states/0/transitions/1/next" },
        { message: "is required", property_path: "#/initial_state" },
        { message: "is no key", property_path: "#/flags/a~1b" },
        { message: "is empty", property_path: "#/" },
      ],
      warnings: [],
    },
    [
      { path: ["definition", "states", 0, "transitions", 1, "next"], reason: "must match a widget name" },
      { path: ["definition", "initial_state"], reason: "is required" },
      { path: ["definition", "flags", "a/b"], reason: "is no key" },
      { path: ["definition"], reason: "is empty" },
    ],
  ],
  [
    "findings of another form are shown as they are",
    { errors: [{ code: 7 }] },
    [{ path: ["definition"], reason: '{"code":7}' }],
  ],
  ["no details", undefined, [{ path: ["definition"], reason: "Flow definition validation failed" }]],
])("%s", async (_case, details, failures) => {
  expect(await validateFlow(refused(details), inputs)).toEqual(failures);
});

test("other errors are the engine's", async () => {
  const error = new TwilioError("Authenticate", { status: 401, code: 20003 });
  await expect(
    validateFlow(
      twilioThat(() => Promise.reject(error)),
      inputs,
    ),
  ).rejects.toBe(error);
});
