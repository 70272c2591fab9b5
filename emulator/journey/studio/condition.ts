/**
 * Whether an input meets a condition of a split; texts are compared without regard to case and outer white space
 * (https://www.twilio.com/docs/studio/widget-library/split-based-on, "Predicate definitions").
 */
export function holds(type: string, input: string, value: string): boolean {
  const test = tests[type];
  if (test === undefined) throw new Error(`Studio has no condition ${type}`);
  return test(input.trim().toLowerCase(), value.trim().toLowerCase(), value);
}

/** @param input the input, folded @param value what it is compared with, folded @param given the same as it was given */
type Test = (input: string, value: string, given: string) => boolean;

const isAnyOf: Test = (input, value) =>
  value
    .split(",")
    .map((item) => item.trim())
    .includes(input);

const compared =
  (compare: (input: number, value: number) => boolean): Test =>
  (input, value) =>
    input !== "" && value !== "" && compare(Number(input), Number(value));

/** Minutes since midnight of `HH:MM`, or the milliseconds of a date with a time. */
function timeOf(text: string): number {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})(?::\d{2})?$/.exec(text) ?? [];
  return hours === undefined ? Date.parse(text) : Number(hours) * 60 + Number(minutes);
}

const positive: Readonly<Record<string, Test>> = {
  equal_to: (input, value) => input === value,
  matches_any_of: isAnyOf,
  is_blank: (input) => input === "",
  contains: (input, value) => input.includes(value),
  starts_with: (input, value) => input.startsWith(value),
  // Of the whole input. No condition regards case, so that Java's flag for it, which JavaScript refuses, changes nothing.
  regex: (input, _value, given) => new RegExp(`^(?:${given.replace(/^\(\?i\)/, "")})$`, "i").test(input),
  less_than: compared((input, value) => input < value),
  greater_than: compared((input, value) => input > value),
  is_before_time: (input, value) => timeOf(input) < timeOf(value),
  is_after_time: (input, value) => timeOf(input) > timeOf(value),
  is_before_date: (input, value) => Date.parse(input) < Date.parse(value),
  is_after_date: (input, value) => Date.parse(input) > Date.parse(value),
};

const not =
  (test: Test | undefined): Test =>
  (...given) =>
    test?.(...given) === false;

const tests: Readonly<Record<string, Test>> = {
  ...positive,
  not_equal_to: not(positive["equal_to"]),
  does_not_match_any_of: not(isAnyOf),
  is_not_blank: not(positive["is_blank"]),
  does_not_contain: not(positive["contains"]),
  does_not_start_with: not(positive["starts_with"]),
};
