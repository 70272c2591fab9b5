import { expect, test } from "@jest/globals";
import { changed, said } from "../meaning/statement.ts";
import { sidesText } from "./sides.ts";

const [before, after] = [{ before: "2" }, { after: "7" }];

test.each([
  [
    "a change",
    changed(["filter A", "target 1"], "timeout", before, after),
    "filter A, target 1: timeout: stack says 2, account says 7",
  ],
  ["a change of the whole", changed([], "", before, after), "stack says 2, account says 7"],
  ["an addition", changed([], "retries", undefined, after), "retries: only the account has 7"],
  ["a removal", changed([], "retries", before, undefined), "retries: only the stack has 2"],
  [
    "a sentence of its own",
    said("remove", [], ["permission ", { code: "x" }, " removed"]),
    "permission x removed",
  ],
  [
    "a consequence",
    said("consequence", [], ["now to ", after, "; before, to ", before]),
    "now to 7; before, to 2",
  ],
])("%s", (_case, statement, text) => {
  expect(sidesText(statement)).toBe(text);
});
