import { PassThrough } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { expect, test } from "@jest/globals";
import { done, said, started, state, step } from "../../flex-stack/changes/engine-events.fixture.ts";
import { Operation } from "../../flex-stack/changes/operation.ts";
import { progressBar } from "./progress-bar.ts";

const queue = "twilio:taskrouter:TaskQueue";

test("the bar counts resources and keeps changes and messages above it", () => {
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 120 });
  const signals = process.listenerCount("SIGINT");
  const terminal = {
    live: true,
    interactive: false,
    columns: 120,
    print: () => undefined,
    complain: () => undefined,
    style: (_: unknown, text: string) => text,
    ask: () => Promise.resolve(""),
  };
  const bar = progressBar(terminal, { title: "update", expected: 4 }, stream);
  const operation = new Operation({ planOnly: false });
  for (const event of [
    started(step("create", queue, "billing")),
    done(step("create", queue, "billing", { new: state(queue, "billing", { id: "WS1/WQ1" }) })),
    started(step("create", queue, "support")),
    said("warning", "No worker matches."),
  ]) {
    const progress = operation.apply(event);
    if (progress) bar.show(progress, operation);
  }
  bar.tell("Ctrl-C: stopping.");
  expect(process.listenerCount("SIGINT")).toBe(signals);
  bar.finish();
  const shown = stripVTControlCharacters(String(stream.read()));
  expect(shown).toContain("+ created  taskrouter.TaskQueue          billing  WQ1\n");
  expect(shown).toContain("warning: No worker matches.\nCtrl-C: stopping.\n");
  expect(shown).toMatch(/update {2}██████░{18} 1\/4 {2}\ds {2}creating support/);
});
