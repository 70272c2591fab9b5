import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { documentedOperations, operationsFile, operationsText } from "./generate-operations.ts";

test("emulator/operations.json lists what Twilio documents; run `npm run operations` when it does not", () => {
  expect(readFileSync(operationsFile, "utf8")).toBe(operationsText());
});

test("its text holds every operation", () => {
  expect(JSON.parse(operationsText())).toEqual(documentedOperations());
  expect(documentedOperations()["proxy.twilio.com"]?.["/v1/Services"]).toEqual({
    GET: "ListService",
    POST: "CreateService",
  });
});
