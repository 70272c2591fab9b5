import type { JsonObject } from "../../kernel/json.ts";

/** A condition of a split; its input stands in `arguments`. */
export interface Condition {
  readonly arguments: readonly string[];
  readonly type: string;
  readonly value: string;
}

export interface Transition {
  readonly event: string;
  /** What the console calls it; means nothing. */
  readonly name?: string;
  readonly next?: string | null;
  readonly conditions?: readonly Condition[];
}

/** A widget of a flow, as its definition has it. */
export interface State {
  readonly name: string;
  readonly type: string;
  readonly transitions: readonly Transition[];
  readonly properties: JsonObject;
}

/** A flow's definition, checked when it was stored. */
export interface Definition {
  readonly states: readonly State[];
  readonly initial_state: string;
}

export function stateOf(definition: Definition, name: string): State | undefined {
  return definition.states.find((state) => state.name === name);
}

/** A property as text; numbers and truth values are written, the rest is nothing. */
export function property(state: State, name: string): string {
  const value = state.properties[name];
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : "";
}

/** A variable or parameter that a state sets. */
export interface Parameter {
  readonly key: string;
  /** A template. */
  readonly value: string;
  /** Whether the console's box "Parse as JSON object" is ticked. */
  readonly isJson: boolean;
}

/** The parameters of a list like `[{ "key": …, "value": …, "type": "json_object" }]`. */
export function parametersOf(state: State, name: string): Parameter[] {
  const list = state.properties[name];
  if (!Array.isArray(list)) return [];
  return list.flatMap((item): Parameter[] => {
    if (typeof item !== "object" || item === null || Array.isArray(item)) return [];
    const { key, value = "", type } = item;
    if (typeof key !== "string") return [];
    return [
      {
        key,
        value: typeof value === "string" ? value : JSON.stringify(value),
        isJson: type === "json_object",
      },
    ];
  });
}
