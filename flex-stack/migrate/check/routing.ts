import {
  filterName,
  parseExpression,
  parsePath,
  referencesOf,
  validateWorkflow,
  type Path,
  type WorkflowTarget,
} from "../../../routing/index.ts";
import type { FlowState } from "../../diagnose/index.ts";
import { event, flowOf } from "./conversations-flow.ts";
import type { Concern, Item } from "./item.ts";
import { readTemplate, type TemplateAttributes } from "./template.ts";

/** What Flex writes into the attributes of a task about an Interaction (docs/conversations.md). */
const ofInteractions = new Set([
  "conversationSid",
  "flexInteractionSid",
  "flexInteractionChannelSid",
  "flexChannelInviteSid",
  "channelType",
  "direction",
  "initiatedBy",
  "customerAddress",
  "customerName",
  "from",
  "name",
  "customers",
  "conversations",
  "taskCreateSource",
]);

/** What is there of Chat's tasks, by Flex itself or a flow's usual attributes, and not of a conversation's. */
const ofChat = new Set([
  "channelSid",
  "proxySession",
  "twilioNumber",
  "serviceNumber",
  "channel_type",
  "long_lived",
  "to",
]);

/** Whether workflows decide by what tasks of conversations don't have. */
export const routing: Item = {
  name: "routing",
  async look(subject) {
    const { reads } = subject;
    const flow = await flowOf(subject);
    if (flow === undefined)
      return "No flow makes its tasks: what the webhook's handler puts into them is its own.";
    const { ends, isHeard } = handing(flow.states);
    const found: Concern[] = [];
    for (const state of ends) {
      const text = state.properties["attributes"];
      const template = readTemplate(typeof text === "string" ? text : JSON.stringify(text ?? {}));
      const sid = state.properties["workflow"];
      const workflow = typeof sid === "string" ? await reads.taskrouter.workflow(sid) : undefined;
      if (template === undefined) {
        found.push({
          cause: "template-not-readable",
          sentence: `What ${state.name} of the flow ${flow.name} writes into tasks is no JSON before Studio fills it in: whether the workflow has what it reads can't be told.`,
          fix: "Look at it by hand: of ChannelAttributes only what programs of yours write is there in a conversation.",
        });
        continue;
      }
      if (isHeard && template.filled.has("channelSid"))
        found.push({
          cause: "task-names-channel",
          sentence: `${state.name} of the flow ${flow.name} writes channelSid into tasks of conversations: Flex writes conversationSid, and plug-ins may take the task for one of Chat.`,
          fix: "Leave channelSid out of the Send to Flex that conversations come to.",
        });
      if (workflow === undefined) continue;
      for (const { path, where } of attributesRead(workflow.configuration)) {
        const why = lacking(path[0], template, isHeard);
        if (why === undefined) continue;
        const concern: Concern = {
          blocks: "cut",
          cause: "attribute-missing",
          sentence: `${where} of the workflow ${workflow.friendlyName} (${workflow.sid}) reads ${path.join(".")}, ${why}.`,
          fix: "Decide by what both kinds of tasks have (channelType, from, name, attributes of your own flow), or have the flow's Send to Flex for conversations write it.",
        };
        if (!found.some(({ sentence }) => sentence === concern.sentence)) found.push(concern);
      }
    }
    if (found.length > 0) return found;
    return ends.length === 0
      ? "No Send to Flex is reached by conversations yet."
      : "Workflows read only what tasks of conversations have.";
  },
};

/** The Send to Flex that a conversation can come to; before the flow hears conversations, that a text can. */
function handing(states: readonly FlowState[]): { ends: readonly FlowState[]; isHeard: boolean } {
  const reached = walk(states, event);
  const all = reached.length > 0 ? reached : walk(states, "incomingMessage");
  return { ends: all.filter(({ type }) => type === "send-to-flex"), isHeard: reached.length > 0 };
}

/** The states that an event leads to, past splits whose answer is known of a conversation. */
function walk(states: readonly FlowState[], started: string): readonly FlowState[] {
  const reached = new Set<FlowState>();
  const follow = (nexts: readonly (string | null | undefined)[]): void => {
    for (const next of nexts) {
      const state = states.find(({ name }) => name === next);
      if (state === undefined || reached.has(state)) continue;
      reached.add(state);
      follow(nextOf(state, started));
    }
  };
  for (const { type, transitions } of states)
    if (type === "trigger")
      follow(transitions.filter((one) => one.event === started).map(({ next }) => next));
  return [...reached];
}

/** A split by whether there is a conversation has one way only. */
function nextOf({ type, properties, transitions }: FlowState, started: string) {
  const input = properties["input"];
  const asks = /^\{\{\s*trigger\.conversation\.ConversationSid\s*\}\}$/.test(
    typeof input === "string" ? input : "",
  );
  const blank = transitions.find(({ conditions }) => conditions?.[0]?.type === "is_blank");
  const given = transitions.find(({ conditions }) => conditions?.[0]?.type === "is_not_blank");
  if (type !== "split-based-on" || !asks || (blank ?? given) === undefined)
    return transitions.map(({ next }) => next);
  const rest = transitions.find(({ event: name }) => name === "noMatch");
  const isConversation = started === event;
  return [((isConversation ? given : blank) ?? rest)?.next];
}

/** Why a task of a conversation does not have an attribute; nothing when it has, or when Chat's has it as little. */
function lacking(name: string, { filled, empty }: TemplateAttributes, isHeard: boolean): string | undefined {
  // What a Send to Flex for Chat writes of Chat, none for conversations will.
  const isWritten = filled.has(name) && (isHeard || !ofChat.has(name));
  if (isWritten || ofInteractions.has(name)) return undefined;
  const variable = empty.get(name);
  if (variable !== undefined)
    return `which the flow fills from ${variable}: conversations have no such thing`;
  return ofChat.has(name) ? "which tasks of Chat have and tasks of conversations don't" : undefined;
}

interface Read {
  readonly path: Path;
  readonly where: string;
}

/** Attributes of tasks that a workflow decides by; none of one that can't be evaluated, which health tells of. */
function attributesRead(configuration: string): readonly Read[] {
  const { configuration: parsed } = validateWorkflow(configuration);
  return (parsed?.task_routing.filters ?? []).flatMap((filter, index): Read[] => {
    const where = `The filter ${filterName(filter, index)}`;
    return [
      ...inExpression(filter.expression).map((path) => ({ path, where })),
      ...filter.targets.flatMap((target) =>
        inTarget(target).map((path) => ({
          path,
          where: `A target of the filter ${filterName(filter, index)}`,
        })),
      ),
    ];
  });
}

/** A target names the task: `task.x`. */
function inTarget(target: WorkflowTarget): readonly Path[] {
  const known = [target.known_worker_sid, target.known_worker_friendly_name].flatMap((text) =>
    text === undefined ? [] : [parsePath(text)],
  );
  const read = [...inExpression(target.expression), ...inExpression(target.skip_if), ...known];
  return read.flatMap((path): Path[] => {
    const [first, second, ...rest] = path ?? [];
    return first === "task" && typeof second === "string" ? [[second, ...rest]] : [];
  });
}

function inExpression(source: string | undefined): readonly Path[] {
  if (source === undefined) return [];
  try {
    return referencesOf(parseExpression(source)).map(({ path }) => path);
  } catch {
    return [];
  }
}
