import { describe, expect, test } from "@jest/globals";
import { pluginAttributes, type FlexPluginArgs, type PluginSurroundings } from "./plugin-configuration.ts";

const taskChannels = {
  chat: { friendlyName: "Programmable Chat" },
  custom1: { friendlyName: "Partners" },
  custom2: { friendlyName: "Letters" },
};

const write = (args: FlexPluginArgs, kinds: PluginSurroundings["kinds"] = ["flex"]) =>
  pluginAttributes(args, { taskChannels, kinds }).flexMessaging;

test("everything is written, so that nothing of an earlier configuration stays", () => {
  expect(write({})).toEqual({
    autoAccept: { taskChannels: [] },
    taskChannels: [
      { name: "custom1", label: "Partners" },
      { name: "custom2", label: "Letters" },
    ],
    orchestration: { kind: "flex", handlerUrl: "", tasks: "all" },
  });
});

test("custom task channels are those that Flex does not bring along, and look as they are told", () => {
  const custom2 = {
    channelType: "letter",
    label: "Post",
    icon: "Email",
    iconActive: "EmailBold",
    color: "#fff",
  };
  expect(write({ taskChannels: { custom2 } }).taskChannels).toEqual([
    { name: "custom1", label: "Partners" },
    { name: "custom2", ...custom2 },
  ]);
});

test("a name that Flex would take for a template becomes a plain label", () => {
  const surroundings = { taskChannels: { a: { friendlyName: "Orders {EU} <b>" } }, kinds: [] };
  expect(pluginAttributes({}, surroundings).flexMessaging.taskChannels).toEqual([
    { name: "a", label: "Orders EU b" },
  ]);
});

test.each(["chat", "custom3"])("how %s looks is nothing that can be set", (name) => {
  expect(() => write({ taskChannels: { [name]: {} } })).toThrow(
    `The plugin has "${name}", which is no custom task channel (declared: custom1, custom2).`,
  );
});

test("task channels of tasks that are accepted by themselves", () => {
  expect(write({ autoAccept: { taskChannels: ["chat"] } }).autoAccept).toEqual({ taskChannels: ["chat"] });
});

describe("orchestration follows the kinds of the numbers", () => {
  const handlerUrl = "https://handler.example.com/flex";
  test.each<[PluginSurroundings["kinds"], object]>([
    [["flex", "flex"], { kind: "flex", handlerUrl: "", tasks: "all" }],
    [["custom"], { kind: "custom", handlerUrl, tasks: "all" }],
    [["custom", "flex"], { kind: "custom", handlerUrl, tasks: "custom" }],
    // Tasks of Flex Conversations the plugin leaves alone: beside them, all others are one's own.
    [["conversations"], { kind: "flex", handlerUrl: "", tasks: "all" }],
    [["custom", "conversations"], { kind: "custom", handlerUrl, tasks: "all" }],
    [["custom", "conversations", "flex"], { kind: "custom", handlerUrl, tasks: "custom" }],
  ])("%j", (kinds, expected) => {
    expect(write({ orchestration: { handlerUrl } }, kinds).orchestration).toEqual(expected);
  });

  test("without a handler", () => {
    expect(write({}, ["custom"]).orchestration).toEqual({ kind: "custom", handlerUrl: "", tasks: "all" });
  });
});
