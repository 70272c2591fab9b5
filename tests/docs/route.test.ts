import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { flexStack } from "../support/commandLine.ts";
import { blocks } from "./blocks.ts";

const document = blocks(new URL("../../docs/route.md", import.meta.url));
const inLanguage = (wanted: string) =>
  document.filter(({ language }) => language === wanted).map(({ text }) => text);

test("the sample is what the command prints", async () => {
  const [command = ""] = inLanguage("sh");
  const task = /--task '(.*)'/.exec(command)?.[1] ?? "";
  const { code, out } = await flexStack("route", "--task", task);
  expect([code, `${out}\n`]).toEqual([0, inLanguage("text")[0]]);
});

test("the tests it shows are run", () => {
  const run = readFileSync(new URL("route-sample.test.ts", import.meta.url), "utf8");
  expect(inLanguage("ts")).toEqual([run.replace('"../../testing/index.ts"', '"./testing/index.ts"')]);
});
