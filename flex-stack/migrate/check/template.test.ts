import { expect, test } from "@jest/globals";
import { readTemplate } from "./template.ts";

test.each<[string, string, string[], Record<string, string>]>([
  ["nothing", "", [], {}],
  ["plain values", '{"skill": "billing", "level": 3, "tags": ["a"]}', ["skill", "level", "tags"], {}],
  [
    "what both worlds know",
    '{"body": "{{trigger.message.Body}}", "who": "{{ trigger.conversation.From }}", "of": "{{flow.variables.skill}}"}',
    ["body", "who", "of"],
    {},
  ],
  [
    "what only a channel's attributes have",
    '{"line": "{{trigger.message.ChannelAttributes.twilioNumber}}", "kind": "sms"}',
    ["kind"],
    { line: "trigger.message.ChannelAttributes.twilioNumber" },
  ],
  [
    "the same beside a text, which stays",
    '{"line": "to {{trigger.message.ChannelAttributes.twilioNumber}}"}',
    ["line"],
    {},
  ],
  [
    "the same with a filter, which may have a default",
    '{"line": "{{trigger.message.ChannelAttributes.to | default: 1}}"}',
    ["line"],
    {},
  ],
  ["variables without quotes", '{"all": {{trigger.message.ChannelAttributes}}}', ["all"], {}],
  [
    "what no trigger knows",
    '{"x": "{{trigger.message.NumSegments}}"}',
    [],
    { x: "trigger.message.NumSegments" },
  ],
])("%s", (_, text, filled, empty) => {
  const found = readTemplate(text);
  expect([...(found?.filled ?? [])]).toEqual(filled);
  expect(Object.fromEntries(found?.empty ?? [])).toEqual(empty);
});

test.each(["{% if x %}{}{% endif %}", "[1]", '{"a": }', '"text"'])("can't tell of %s", (text) => {
  expect(readTemplate(text)).toBeUndefined();
});
