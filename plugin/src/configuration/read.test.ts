import { describe, expect, test } from "@jest/globals";
import { defaults } from "./configuration.ts";
import { readConfiguration } from "./read.ts";

const read = (flexMessaging: unknown) => readConfiguration({ flexMessaging, other: "of somebody else" });

const full = {
  autoAccept: { taskChannels: ["chat", "custom1"] },
  taskChannels: [
    {
      name: "custom1",
      channelType: "custom",
      label: "Partners",
      icon: "Message",
      iconActive: "MessageBold",
      color: "#0B7A75",
    },
    { name: "custom2" },
  ],
  orchestration: { kind: "custom", handlerUrl: "https://handler.example.com/flex", tasks: "custom" },
};

test("everything that is set is read", () => {
  expect(read(full)).toEqual({ configuration: full, warnings: [], errors: [] });
});

test.each([undefined, null, {}, "", [], { flexMessaging: undefined }, { flexMessaging: null }])(
  "attributes that are %j do nothing",
  (attributes) => {
    expect(readConfiguration(attributes)).toEqual({ configuration: defaults, warnings: [], errors: [] });
  },
);

test.each([
  [{}, defaults],
  [{ autoAccept: {}, taskChannels: [], orchestration: {} }, defaults],
  [{ autoAccept: null, taskChannels: null, orchestration: { kind: null, handlerUrl: null } }, defaults],
  [
    { orchestration: { kind: "custom" } },
    { ...defaults, orchestration: { kind: "custom", handlerUrl: "", tasks: "all" } },
  ],
])("%j has defaults for the rest", (value, configuration) => {
  expect(read(value)).toEqual({ configuration, warnings: [], errors: [] });
});

test("an unknown key is a warning that names it, and the rest works", () => {
  const { configuration, warnings, errors } = read({
    ...full,
    autoAcept: {},
    autoAccept: { ...full.autoAccept, delay: 3 },
    taskChannels: [{ name: "custom1", colour: "red" }],
    orchestration: { kind: "flex", url: "" },
  });
  expect(configuration.autoAccept).toEqual(full.autoAccept);
  expect(configuration.taskChannels).toEqual([{ name: "custom1" }]);
  expect(errors).toEqual([]);
  expect(warnings).toEqual([
    "flexMessaging.autoAcept is not a setting (known here: autoAccept, taskChannels, orchestration)",
    "flexMessaging.autoAccept.delay is not a setting (known here: taskChannels)",
    "flexMessaging.taskChannels[0].colour is not a setting (known here: name, channelType, label, icon, iconActive, color)",
    "flexMessaging.orchestration.url is not a setting (known here: kind, handlerUrl, tasks)",
  ]);
});

describe("what can't be used is named, and its part is left out", () => {
  const https = "empty or an https URL without user and password";
  test.each<[unknown, string]>([
    ["on", 'flexMessaging is "on", and has to be an object'],
    [[], "flexMessaging is [], and has to be an object"],
    [{ autoAccept: true }, "flexMessaging.autoAccept is true, and has to be an object"],
    [
      { autoAccept: { taskChannels: "chat" } },
      'flexMessaging.autoAccept.taskChannels is "chat", and has to be a list',
    ],
    [
      { autoAccept: { taskChannels: ["chat", 7] } },
      "flexMessaging.autoAccept.taskChannels[1] is 7, and has to be a text",
    ],
    [{ taskChannels: { custom1: {} } }, 'flexMessaging.taskChannels is {"custom1":{}}, and has to be a list'],
    [{ taskChannels: [{}] }, "flexMessaging.taskChannels[0].name is undefined, and has to be a text"],
    [{ taskChannels: [{ name: "" }] }, 'flexMessaging.taskChannels[0].name is "", and has to be a text'],
    [
      { taskChannels: [{ name: "a", label: "{{task}}" }] },
      'flexMessaging.taskChannels[0].label is "{{task}}", and has to be a text without {}<>',
    ],
    [
      { taskChannels: [{ name: "a", label: "<b>" }] },
      'flexMessaging.taskChannels[0].label is "<b>", and has to be a text without {}<>',
    ],
    [
      { taskChannels: [{ name: "a", color: "red;top:0" }] },
      'flexMessaging.taskChannels[0].color is "red;top:0", and has to be a colour, e.g. #0B7A75',
    ],
    [
      { taskChannels: [{ name: "a", color: "#1234567" }] },
      'flexMessaging.taskChannels[0].color is "#1234567", and has to be a colour, e.g. #0B7A75',
    ],
    [
      { orchestration: { kind: "own" } },
      'flexMessaging.orchestration.kind is "own", and has to be flex or custom',
    ],
    [
      { orchestration: { tasks: ["a"] } },
      'flexMessaging.orchestration.tasks is ["a"], and has to be all or custom',
    ],
    ...[
      "http://handler.example.com",
      "ftp://handler.example.com",
      "javascript:alert(1)",
      "handler.example.com",
      7,
    ].map((handlerUrl): [unknown, string] => [
      { orchestration: { kind: "custom", handlerUrl } },
      `flexMessaging.orchestration.handlerUrl is ${JSON.stringify(handlerUrl)}, and has to be ${https}`,
    ]),
  ])("%j", (value, error) => {
    expect(read(value)).toEqual({ configuration: defaults, warnings: [], errors: [error] });
  });

  test("without the password that is in it", () => {
    const { errors } = read({ orchestration: { handlerUrl: "https://user:p@ss@handler.example.com/a@b" } });
    expect(errors).toEqual([
      `flexMessaging.orchestration.handlerUrl is "https://…@handler.example.com/a@b", and has to be ${https}`,
    ]);
  });

  test("while the other parts work", () => {
    const { configuration, errors } = read({ ...full, orchestration: "custom" });
    expect(configuration).toEqual({ ...full, orchestration: defaults.orchestration });
    expect(errors).toEqual(['flexMessaging.orchestration is "custom", and has to be an object']);
  });
});

test.each(["http://localhost:4200/flex", "http://127.0.0.1/flex", "http://[::1]:1/flex"])(
  "a handler on this machine needs no encryption: %s",
  (handlerUrl) => {
    expect(read({ orchestration: { handlerUrl } }).configuration.orchestration.handlerUrl).toBe(handlerUrl);
  },
);
