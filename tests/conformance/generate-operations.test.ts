import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { documentedOperations, operationsFile } from "./generate-operations.ts";

test("emulator/operations.json lists what Twilio documents; run generate-operations.ts when it does not", () => {
  expect(JSON.parse(readFileSync(operationsFile, "utf8"))).toEqual(documentedOperations());
});
