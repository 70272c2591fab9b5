import { describe, expect, test } from "@jest/globals";
import { TwilioError } from "./errors.ts";
import {
  boolean,
  dateTime,
  integer,
  json,
  list,
  oneOf,
  type Parameter,
  sid,
  text,
  url,
} from "./parameter.ts";

const wq = `WQ${"0123456789abcdefABCDEF0123456789"}`;

test.each<[string, Parameter, string[], unknown]>([
  ["text", text(), ["a"], "a"],
  ["text: the first value counts", text(), ["a", "b"], "a"],
  ["text, empty, clears", text(), [""], null],
  ["text, empty, with a default", text({ default: "1==1" }), [""], "1==1"],
  ["text, empty, kept empty", text({ empty: "" }), [""], ""],
  ["text, empty, required: not given", text({ required: true }), [""], undefined],
  ["integer", integer(), ["42"], 42],
  ["integer, signed", integer({ min: -5 }), ["-5"], -5],
  ["integer, empty: not given", integer(), [""], undefined],
  ["boolean", boolean(), ["True"], true],
  ["boolean as a digit", boolean(), ["0"], false],
  ["boolean, empty: not given", boolean(), [""], undefined],
  ["a word in another case", oneOf(["FIFO", "LIFO"]), ["lifo"], "LIFO"],
  ["a word, empty: not given", oneOf(["FIFO"]), [""], undefined],
  ["SID", sid("WQ"), [wq], wq],
  ["SID of either kind", sid(["WK", "WQ"]), [wq], wq],
  ["SID, empty, clears", sid("WQ"), [""], null],
  ["SID, empty, with a default", sid("AP", { default: "" }), [""], ""],
  ["URL", url(), ["https://example.com/a?b=c"], "https://example.com/a?b=c"],
  ["URL, empty, clears", url(), [""], null],
  ["JSON stays text", json(), ['{ "a": 1 }'], '{ "a": 1 }'],
  ["JSON, empty, resets", json({ default: "{}" }), [""], "{}"],
  ["time", dateTime(), ["2024-01-02T03:04:05.678+01:00"], "2024-01-02T02:04:05Z"],
  ["list", list(integer()), ["1", "2"], [1, 2]],
  ["list, emptied", list(text()), [""], []],
])("reads %s", (_name, parameter, values, expected) =>
  expect(parameter.read(values, "Name")).toEqual(expected),
);

test.each<[string, Parameter, string[], string]>([
  ["too long", text({ max: 2 }), ["abc"], "Name is 3 characters long; at most 2 are allowed"],
  ["out of pattern", text({ pattern: /^a+$/ }), ["b"], 'Invalid value for Name: "b"'],
  ["a fraction", integer(), ["1.5"], 'Name must be a whole number from -2147483648 to 2147483647, got "1.5"'],
  [
    "above int32",
    integer(),
    ["2147483648"],
    'Name must be a whole number from -2147483648 to 2147483647, got "2147483648"',
  ],
  [
    "hexadecimal",
    integer(),
    ["0x10"],
    'Name must be a whole number from -2147483648 to 2147483647, got "0x10"',
  ],
  ["neither true nor false", boolean(), ["2"], 'Name must be true or false, got "2"'],
  ["another word", oneOf(["a", "b"]), ["c"], 'Name must be one of a, b, got "c"'],
  [
    "another SID",
    sid("WQ"),
    [`WK${"0".repeat(32)}`],
    `Name must be a SID that starts with WQ, got "WK${"0".repeat(32)}"`,
  ],
  ["a short SID", sid("WQ"), ["WQ1"], 'Name must be a SID that starts with WQ, got "WQ1"'],
  [
    "another scheme",
    url(),
    ["javascript:alert(1)"],
    'Name must be an http or https URL, got "javascript:alert(1)"',
  ],
  ["no host", url(), ["https://"], 'Name must be an http or https URL, got "https://"'],
  ["no object", json({ objectOnly: true }), ["1"], "Name must be a JSON object"],
  ["a date in words", dateTime(), ["tomorrow"], 'Name must be an ISO 8601 time, got "tomorrow"'],
  ["too many", list(text(), { max: 1 }), ["a", "b"], "Name takes at most 1 values, got 2"],
  [
    "a long one, cut",
    integer(),
    ["9".repeat(100)],
    `Name must be a whole number from -2147483648 to 2147483647, got "${"9".repeat(64)}…"`,
  ],
])("refuses %s", (_name, parameter, values, message) => {
  const read = () => parameter.read(values, "Name");
  expect(read).toThrow(TwilioError);
  expect(read).toThrow(message);
});

describe("default", () => {
  test.each<[string, Parameter, unknown]>([
    ["text", text(), null],
    ["boolean", boolean(), false],
    ["given", integer({ default: 120 }), 120],
    ["required", text({ required: true }), undefined],
    ["not stored", text({ field: null }), undefined],
  ])("%s", (_name, parameter, expected) => expect(parameter.default).toEqual(expected));
});
