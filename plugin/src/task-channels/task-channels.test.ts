import { beforeEach, expect, test } from "@jest/globals";
import { RecordedFlex, RecordedReport, task } from "../../testing/recorded-flex.ts";
import type { FlexTask } from "../flex.ts";
import { registerTaskChannels } from "./task-channels.ts";

let flex: RecordedFlex;
let report: RecordedReport;
beforeEach(() => {
  flex = new RecordedFlex();
  report = new RecordedReport();
});

const names = () => flex.registered.map(({ name }) => name);
/** The definition that Flex takes for a task. */
const of = (changes: Partial<FlexTask>) =>
  flex.registered.find(({ isApplicable }) => isApplicable(task(changes)))?.name;

test.each<[string, Partial<FlexTask>, string | undefined]>([
  ["its unique name", { taskChannelUniqueName: "custom1" }, "custom1"],
  ["its channelType", { channelType: "custom" }, "custom1"],
  ["both", { taskChannelUniqueName: "custom1", channelType: "custom" }, "custom1"],
  ["neither", {}, undefined],
  ["the name as channelType", { channelType: "custom1" }, undefined],
  ["the type as unique name", { taskChannelUniqueName: "custom", channelType: "x" }, undefined],
])("a task is of a channel by %s", (_, changes, name) => {
  registerTaskChannels(flex, [{ name: "custom1", channelType: "custom" }], report);
  expect(of(changes)).toBe(name);
});

test("a channel without a channelType is known by its unique name only", () => {
  registerTaskChannels(flex, [{ name: "custom1" }], report);
  expect([of({ taskChannelUniqueName: "custom1" }), of({ channelType: "custom" })]).toEqual([
    "custom1",
    undefined,
  ]);
});

test("the first channel comes first, and those of Flex come last", () => {
  flex.TaskChannels.register(flex.DefaultTaskChannels.createChatTaskChannel("chat", () => true));
  const channels = [
    { name: "a", channelType: "x" },
    { name: "b", channelType: "x" },
  ];
  registerTaskChannels(flex, channels, report);
  expect(names()).toEqual(["a", "b", "chat"]);
  expect([of({ channelType: "x" }), of({ taskChannelUniqueName: "b" }), of({})]).toEqual(["a", "b", "chat"]);
  expect(report.lines).toEqual([]);
});

test("what is registered already, and what is there twice, is left out with a warning", () => {
  flex.TaskChannels.register(flex.DefaultTaskChannels.createChatTaskChannel("chat", () => true));
  registerTaskChannels(flex, [{ name: "chat" }, { name: "a", label: "A" }, { name: "a" }], report);
  expect(names()).toEqual(["a", "chat"]);
  expect(flex.registered[0]).toMatchObject({ appearance: [undefined, undefined, undefined, "A"] });
  expect(report.lines).toEqual([
    "warn task channel chat is registered already, and is left as it is",
    "warn task channel a is registered already, and is left as it is",
  ]);
});

test.each([
  [{}, [undefined, undefined, undefined, undefined]],
  [{ icon: "Sms" }, ["Sms", "Sms", undefined, undefined]],
  [{ icon: "Sms", iconActive: "SmsBold", color: "#fff" }, ["Sms", "SmsBold", "#fff", undefined]],
  [{ label: "Partners" }, [undefined, undefined, undefined, "Partners"]],
])("%j is how it looks", (appearance, given) => {
  registerTaskChannels(flex, [{ name: "a", ...appearance }], report);
  expect(flex.registered[0]).toMatchObject({ appearance: given });
});

test("a label stands above the conversation as well", () => {
  registerTaskChannels(flex, [{ name: "a", label: "Partners" }, { name: "b" }], report);
  expect(flex.registered.map(({ templates }) => templates)).toEqual([
    { TaskListItem: { secondLine: "Partners" }, TaskCanvasTabs: { contentTabHeader: "Partners" } },
    { TaskListItem: { secondLine: undefined } },
  ]);
});
