import { expect, test } from "@jest/globals";
import type { JsonObject } from "../../kernel/json.ts";
import { fill, read, whyNotJson } from "./template.ts";

const now = Date.parse("2026-01-02T03:04:05Z");

const variables = {
  flow: {
    variables: { skill: "billing", n: 10, text: "10", list: ["a", 1, null, { b: [2] }], empty: [], none: {} },
    data: { user: { name: 'Ann "A"', tags: ["x", "y"], age: 40, vip: true, boss: null }, yes: true, zero: 0 },
  },
  trigger: { message: { Body: "Hello", ChannelAttributes: { from: "+14155550170" } } },
  widgets: {
    Menu: { inbound: { Body: "Invoice" } },
    Look: { parsed: { items: [{ name: "one" }, { name: "two" }] } },
  },
};

const rendered = (template: string, given: JsonObject = variables): { text: string; notes: string[] } => {
  const notes: string[] = [];
  const text = fill(template, given, { now, note: (note) => notes.push(note) });
  return { text, notes };
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
  expect(rendered(template)).toEqual({ text: expected, notes: [] });
});

test.each([
  [
    "to_json of an object",
    "{{flow.data.user | to_json}}",
    '{"name":"Ann \\"A\\"","tags":["x","y"],"age":40,"vip":true,"boss":null}',
  ],
  ["to_json of a list", "{{flow.variables.list | to_json}}", '["a",1,null,{"b":[2]}]'],
  ["to_json of a text", "{{flow.data.user.name | to_json}}", '"Ann \\"A\\""'],
  ["to_json of what is absent", '{"a": {{flow.data.nobody | to_json}}}', '{"a": null}'],
  ["to_json before a brace", '{"a": {{flow.data.user.tags | to_json}}}', '{"a": ["x","y"]}'],
  [
    "to_json in a loop",
    "{% for i in widgets.Look.parsed.items %}{{ i | to_json }}{% endfor %}",
    '{"name":"one"}{"name":"two"}',
  ],
  ["to_json of a literal", "{{ nil | to_json }}{{ true | to_json }}{{ 'a' | to_json }}", 'nulltrue"a"'],
])("%s", (_what, template, expected) => {
  expect(rendered(template)).toEqual({ text: expected, notes: [] });
});

test("an object without to_json is no JSON, and it is said", () => {
  expect(rendered("{{flow.data.user}}")).toEqual({
    text: '{"name"=>"Ann \\"A\\"", "tags"=>["x", "y"], "age"=>40, "vip"=>true, "boss"=>nil}',
    notes: ["an object is written as Ruby would, which is no JSON; the filter to_json writes JSON"],
  });
  expect(rendered("{{flow.variables.list}} {{flow.variables.list | join: '-' | append: '!'}}").text).toBe(
    'a1{"b"=>[2]} a-1--{"b"=>[2]}!',
  );
  expect(rendered("{{flow.data.user | upcase}}").text).toMatch(/^\{"NAME"=>"ANN/);
  const told = ["an object is written as Ruby would, which is no JSON; the filter to_json writes JSON"];
  for (const template of ["{{flow.data.user | upcase}}", "{{flow.variables.list | join: ','}}"])
    expect(rendered(template).notes).toEqual(told);
});

test.each([
  ["{{ a", 'output "{{ a" not closed'],
  ["{% include '/etc/passwd' %}", "ENOENT"],
  ["{{ 'x' | textilize }}", "undefined filter: textilize"],
  ["{% if not flow.data.yes %}x{% endif %}", "Studio's Liquid has no operator `not`"],
  ["{% if a = b %}x{% endif %}", 'expected "|" before filter'],
  ["{{ 10 | divided_by: 0 }}", "divided by 0"],
  ["{% nope %}", 'tag "nope" not found'],
])("%s is an error", (template, message) => {
  expect(() => rendered(template)).toThrow(message);
});

test.each([
  ["{{ 'a b' | slugify }}", "a-b", "the filter slugify is none that Studio documents; it may not work there"],
  ["{% increment x %}", "0", "the tag increment is none that Studio documents; it may not work there"],
  [
    "{% if flow.variables.text == 10 %}y{% else %}n{% endif %}",
    "n",
    '"10" == 10 compares a text with a number, which Liquid does not; the filter plus: 0 makes a number of a text',
  ],
  [
    "{% if flow.variables.text > 9 %}y{% else %}n{% endif %}",
    "n",
    '"10" > 9 compares a text with a number, which Liquid does not; the filter plus: 0 makes a number of a text',
  ],
])("%s is said to be odd", (template, text, note) => {
  expect(rendered(template)).toEqual({ text, notes: [note] });
});

test("dates are of the given clock and in Pacific time, whatever the machine has", () => {
  expect(rendered('{{ "now" | date }}').text).toBe("Thursday, January 1, 2026 at 7:04 pm -0800");
});

const asData: [string, unknown, string[]][] = [
  ['{"skill": "{{flow.variables.skill}}", "n": {{flow.variables.n}}}', { skill: "billing", n: 10 }, []],
  ["{{flow.data.user}}", variables.flow.data.user, []],
  [" {{flow.data.user | to_json}} ", variables.flow.data.user, []],
  ['{"user": {{flow.data.user}}}', { user: variables.flow.data.user }, []],
  ["{{widgets.Look.parsed.items}}", variables.widgets.Look.parsed.items, []],
  ["{{flow.data.nobody}}", null, []],
  ["[1, 2]", [1, 2], []],
  [
    '{"a": {{flow.data.nobody}}}',
    '{"a": }',
    [
      expect.stringMatching(
        /parsed as JSON, it is none; \{\{flow\.data\.nobody\}\} is absent here$/,
      ) as never,
    ],
  ],
];
test.each(asData)("%s as JSON", (template, expected, notes) => {
  const said: string[] = [];
  expect(read(template, variables, { now, note: (note) => said.push(note) })).toEqual(expected);
  expect(said).toEqual(notes);
});

test("what makes a text no JSON is named, if it stands out", () => {
  const template =
    '{"a": {{flow.x}}, "b": "{{flow.data.user.name}}", "c": {{flow.data.user}}, "d": {{flow.x | to_json}}, "e": "{{flow.variables.skill}}"}';
  expect(whyNotJson(template, variables)).toBe(
    "; {{flow.x}} is absent here" +
      "; {{flow.data.user.name}} has characters that JSON must escape; | to_json does, without quotation marks around it" +
      "; {{flow.data.user}} is an object or list; | to_json writes it as JSON",
  );
});

test("what templates may not do for ever, or see", () => {
  expect(() => rendered("{% for i in (1..100000000) %}x{% endfor %}", {})).toThrow(/limit exceeded/);
  expect(rendered("{{ constructor }}{{ __proto__.x }}{{ flow.constructor }}").text).toBe("");
});
