import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { policiesText } from "./documentation.ts";
import { policiesFile } from "./generate-documentation.ts";
import { rules } from "./rules/index.ts";

test("docs/policies.md has the rules as they are; run `npm run policies` when it has not", () => {
  expect(readFileSync(policiesFile, "utf8")).toBe(policiesText(rules));
});
