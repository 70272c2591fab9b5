import { isJsonObject } from "../../../routing/index.ts";

/** A widget of a flow's definition, as far as it can be read. */
export interface State {
  readonly name?: unknown;
  readonly type?: unknown;
  readonly properties?: unknown;
  readonly transitions?: unknown;
}

/** The widgets of a Studio flow's definition, in their order; none where it can't be read. */
export function statesOf(definition: unknown): readonly State[] {
  let value = definition;
  if (typeof value === "string")
    try {
      value = JSON.parse(value) as unknown;
    } catch {
      return [];
    }
  const states = isJsonObject(value) ? (value.states as unknown) : undefined;
  return Array.isArray(states) ? states.filter(isJsonObject) : [];
}
