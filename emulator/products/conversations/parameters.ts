import { oneOf, type Options, type Parameter } from "../../kernel/parameter.ts";

/** One of a few words in any case, answered in the letters that it was given in: Twilio's own examples have `whAtsAPP`. */
export function wordAsGiven(words: readonly string[], options: Options<string> = {}): Parameter {
  const base = oneOf(words, options);
  return {
    ...base,
    read: (values, name) => (base.read(values, name) === undefined ? undefined : values[0]),
  };
}

/** A parameter that a new resource lacks until it is given, and again when it is cleared. */
export function part(parameter: Parameter): Parameter {
  return { ...parameter, default: undefined };
}
