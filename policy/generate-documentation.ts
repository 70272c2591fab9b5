/**
 * Writes docs/policies.md: every rule, why it is there and what to do about a violation.
 *
 *     npm run policies
 */
import { writeFileSync } from "node:fs";
import { policiesText } from "./documentation.ts";
import { rules } from "./rules/index.ts";

export const policiesFile = new URL("../docs/policies.md", import.meta.url);

if (import.meta.main) writeFileSync(policiesFile, policiesText(rules));
