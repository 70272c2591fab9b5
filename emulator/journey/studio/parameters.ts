import type { Json, JsonObject } from "../../kernel/json.ts";
import { type Parameter, parametersOf, type State } from "./definition.ts";
import { read } from "./template.ts";
import { fillIn, fillingOf, type Run } from "./widget.ts";

/**
 * What a state's variables hold. Unquoted numbers are numbers, what stands in quotation marks is text
 * (https://help.twilio.com/articles/4413699936411), and what is ticked "Parse as JSON object" is what its JSON says.
 * Only numbers are converted that are written as numbers are: `007` and `+14155550170` stay as they are. Each sees those
 * before it.
 */
export function setVariables(run: Run, state: State, name: string, variables: JsonObject): void {
  for (const parameter of parametersOf(state, name))
    variables[parameter.key] = parameter.isJson
      ? data(run, parameter)
      : unquoted(fillIn(run, parameter.value));
}

/** Parameters for another flow: text by default, as Twilio says of them. */
export function dataOf(run: Run, state: State, name: string): JsonObject {
  return Object.fromEntries(
    parametersOf(state, name).map((parameter): [string, Json] => [
      parameter.key,
      parameter.isJson ? data(run, parameter) : fillIn(run, parameter.value),
    ]),
  );
}

/** Parameters for a form, which knows text only: JSON is written into it. Several of a name are all in it. */
export function formOf(run: Run, state: State, name: string): Record<string, string | string[]> {
  const form: Record<string, string | string[]> = {};
  for (const parameter of parametersOf(state, name)) {
    const value = parameter.isJson ? data(run, parameter) : fillIn(run, parameter.value);
    const text = typeof value === "string" ? value : JSON.stringify(value);
    const known = Object.hasOwn(form, parameter.key) ? form[parameter.key] : undefined;
    form[parameter.key] = known === undefined ? text : [known, text].flat();
  }
  return form;
}

function data(run: Run, { key, value }: Parameter): Json {
  const { note, ...filling } = fillingOf(run);
  return read(value, run.fields.flow_context, { ...filling, note: (text) => note?.(`${key}: ${text}`) });
}

function unquoted(text: string): Json {
  const given = text.trim();
  if (given === String(Number(given)) && Number.isFinite(Number(given))) return Number(given);
  const [, inside] = /^"(-?\d+(?:\.\d+)?)"$/.exec(given) ?? [];
  return inside ?? text;
}
