import { invalid } from "../../kernel/errors.ts";
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

/** A text of no more than so many bytes. */
export function atMost(bytes: number, parameter: Parameter): Parameter {
  return {
    ...parameter,
    read(values, name) {
      const length = Buffer.byteLength(values[0] ?? "");
      if (length > bytes) throw invalid(`${name} is ${length} bytes long; at most ${bytes} are allowed`);
      return parameter.read(values, name);
    },
  };
}
