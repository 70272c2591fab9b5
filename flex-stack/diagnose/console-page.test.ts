import { expect, test } from "@jest/globals";
import { consolePage, withLocalPages } from "./console-page.ts";

const [workspace, task] = [`WS${"0".repeat(32)}`, `WT${"1".repeat(32)}`];
const at = new Date(0);
const found = [
  {
    at,
    problem: { page: consolePage.task(workspace, task), sentence: "page" },
    remarks: [{ page: consolePage.numbers() }, { page: "https://example.com/help" }],
  },
];

test("on a local Twilio its own page is named", () => {
  expect(withLocalPages(found, "http://127.0.0.1:4100/")).toEqual([
    {
      at,
      problem: { page: `http://127.0.0.1:4100/#/account/${task}`, sentence: "page" },
      remarks: [{ page: "http://127.0.0.1:4100/#/account" }, { page: "https://example.com/help" }],
    },
  ]);
});

test.each([undefined, "https://twilio.example.com"])("at %s the console's", (endpoint) => {
  expect(withLocalPages(found, endpoint)).toEqual(found);
});
