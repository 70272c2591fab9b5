import { expect, test } from "@jest/globals";
import { fill } from "./template.ts";

const variables = {
  flow: { variables: { skill: "billing" } },
  trigger: { message: { Body: "Hello", ChannelAttributes: { from: "+14155550170" } } },
  widgets: {
    Menu: { inbound: { Body: "Invoice" } },
    Look: { parsed: { items: [{ name: "one" }, { name: "two" }] } },
  },
};

test.each([
  ["plain", "plain"],
  ["{{trigger.message.ChannelAttributes.from}}", "+14155550170"],
  ["{{ widgets.Menu.inbound.Body | downcase }}!", "invoice!"],
  ["{{widgets.Nothing.inbound.Body}}", ""],
  ["{{widgets.Look.parsed.items[1].name}}", "two"],
  ['{% if flow.variables.skill == "billing" %}b{% else %}c{% endif %}', "b"],
  ["{{ flow.variables.skill | default: 'none' }}", "billing"],
  ['{"from": "{{trigger.message.Body}}"}', '{"from": "Hello"}'],
])("%s", (template, expected) => {
  expect(fill(template, variables)).toBe(expected);
});

test.each([
  ["{{ a", 'output "{{ a" not closed'],
  ["{% include '/etc/passwd' %}", "ENOENT"],
])("%s is an error", (template, message) => {
  expect(() => fill(template, variables)).toThrow(message);
});

test("what templates may not do for ever, or see", () => {
  expect(() => fill("{% for i in (1..100000000) %}x{% endfor %}", {})).toThrow(/limit exceeded/);
  expect(fill("{{ constructor }}{{ __proto__.x }}{{ flow.constructor }}", variables)).toBe("");
});
