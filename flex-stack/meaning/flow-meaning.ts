import { isObject, isUnknown, parsedJson, valueText, type JsonObject } from "../values/property-value.ts";
import { valuesMeaning } from "./property-meaning.ts";
import { changed, said, type Phrase, type Statement } from "./statement.ts";
import type { Surroundings } from "./surroundings.ts";

interface Widget {
  readonly name: string;
  readonly type: string;
  readonly properties: JsonObject;
  /** Where it leads, by event and what the event must meet. */
  readonly exits: ReadonlyMap<string, string>;
}

interface Flow {
  readonly widgets: readonly Widget[];
  /** Everything beside the widgets. */
  readonly rest: JsonObject;
}

/**
 * What a new definition of a Studio flow means: widgets that came and went, where each leads, and what it says
 * and does. Where widgets stand on the canvas, and in the list, is nothing. Undefined when neither can be
 * read as a definition.
 */
export function flowMeaning(
  before: unknown,
  after: unknown,
  surroundings: Surroundings,
): Statement[] | undefined {
  const [from, to] = [readFlow(before), readFlow(after)];
  if (!from && !to) return undefined;
  if (!from || !to) {
    const told = (flow: Flow | undefined, value: unknown) =>
      flow ? `widgets: ${flow.widgets.length}` : valueText(value);
    return [changed([], "definition", { before: told(from, before) }, { after: told(to, after) })];
  }
  const old = new Map(from.widgets.map((widget) => [widget.name, widget]));
  const now = new Map(to.widgets.map((widget) => [widget.name, widget]));
  const added = to.widgets.filter(({ name }) => !old.has(name));
  const removed = from.widgets.filter(({ name }) => !now.has(name));
  const renamed = new Map(
    added.flatMap((widget) => {
      const origin = removed.filter((other) => alike(other, widget));
      return origin.length === 1 && origin[0] ? [[widget, origin[0]] as const] : [];
    }),
  );
  const origins = new Set(renamed.values());
  return [
    ...valuesMeaning(from.rest, to.rest, surroundings),
    ...added.flatMap((widget) => {
      const origin = renamed.get(widget);
      if (!origin) return newWidget(widget);
      return [
        said(
          "rename",
          [place(widget)],
          ["renamed: ", { before: origin.name }, " → ", { after: widget.name }],
        ),
      ];
    }),
    ...removed
      .filter((widget) => !origins.has(widget))
      .map((widget) => said("remove", [place(widget)], ["removed (", { code: widget.type }, ")"])),
    ...to.widgets.flatMap((widget) => {
      const origin = old.get(widget.name);
      return origin ? widgetMeaning(origin, widget, surroundings) : [];
    }),
  ];
}

/** Where a flow that is new hands conversations over to agents. */
export function flowSummary(definition: unknown, surroundings: Surroundings): Statement[] {
  const flow = readFlow(definition);
  if (!flow) return [];
  return flow.widgets.flatMap((widget) => {
    const { workflow, channel } = widget.properties;
    if (widget.type !== "send-to-flex" || typeof workflow !== "string" || isUnknown(workflow)) return [];
    const on: Phrase[] =
      typeof channel === "string" && !isUnknown(channel)
        ? [" on the task channel ", { after: surroundings.nameOf(channel, "twilio:taskrouter:TaskChannel") }]
        : [];
    const to = surroundings.nameOf(workflow, "twilio:taskrouter:Workflow");
    return [said("add", [place(widget)], ["new, hands over to ", { after: to }, ...on])];
  });
}

function place({ name }: Widget): string {
  return `widget ${name}`;
}

/** The same widget under another name. */
function alike(one: Widget, other: Widget): boolean {
  const look = ({ type, properties, exits }: Widget) => JSON.stringify([type, properties, [...exits].sort()]);
  return look(one) === look(other);
}

function newWidget(widget: Widget): Statement[] {
  return [
    said("add", [place(widget)], ["new (", { code: widget.type }, ")"]),
    ...[...widget.exits].map(([event, next]) =>
      changed([place(widget)], `on ${event}`, undefined, { after: next }),
    ),
  ];
}

function widgetMeaning(from: Widget, to: Widget, surroundings: Surroundings): Statement[] {
  const at = [place(to)];
  const events = [...new Set([...from.exits.keys(), ...to.exits.keys()])];
  return [
    ...(from.type === to.type ? [] : [changed(at, "type", { before: from.type }, { after: to.type })]),
    ...events.flatMap((event) => {
      const [old, now] = [from.exits.get(event), to.exits.get(event)];
      if (old === now) return [];
      return [
        changed(
          at,
          `on ${event}`,
          old === undefined ? undefined : { before: old },
          now === undefined ? undefined : { after: now },
        ),
      ];
    }),
    ...valuesMeaning(from.properties, to.properties, surroundings).map((each) => ({ ...each, at })),
  ];
}

function readFlow(value: unknown): Flow | undefined {
  const document = parsedJson(value);
  if (!isObject(document)) return undefined;
  const { states, ...rest } = document;
  if (!Array.isArray(states) || !states.every(isObject)) return undefined;
  const widgets = states.map(readWidget);
  if (new Set(widgets.map(({ name }) => name)).size < widgets.length) return undefined;
  return { widgets, rest };
}

function readWidget(state: JsonObject): Widget {
  const { offset: _, ...properties } = isObject(state["properties"]) ? state["properties"] : {};
  const transitions = Array.isArray(state["transitions"]) ? state["transitions"].filter(isObject) : [];
  const exits = new Map<string, string>();
  for (const transition of transitions) {
    const next = transition["next"];
    exits.set(eventText(transition), next == null || next === "" ? "the end" : text(next));
  }
  return { name: text(state["name"]), type: text(state["type"]), properties, exits };
}

/** `match (equal_to "billing")`. */
function eventText({ event, conditions }: JsonObject): string {
  if (!Array.isArray(conditions) || conditions.length === 0) return text(event);
  const parts = conditions
    .filter(isObject)
    .map(({ type, value }) => `${text(type)} ${JSON.stringify(text(value))}`);
  return `${text(event)} (${parts.join(" and ")})`;
}

function text(value: unknown): string {
  return typeof value === "string" && !isUnknown(value) ? value : valueText(value);
}
