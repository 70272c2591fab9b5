import { differences } from "../values/difference.ts";
import { configurationSummary } from "./configuration-meaning.ts";
import { flowMeaning, flowSummary } from "./flow-meaning.ts";
import { parsePropertyPath } from "../values/property-path.ts";
import { addressHandling, addressMeaning, addressSummary } from "./messages/address-meaning.ts";
import {
  conversationTimers,
  conversationWebhooks,
  conversationWebhooksMeaning,
  timersMeaning,
} from "./messages/conversations-meaning.ts";
import { flexFlowHandling, flexFlowMeaning, flexFlowSummary } from "./messages/flex-flow-meaning.ts";
import { numberConsequences, numberMeaning, numberSummary } from "./messages/number-meaning.ts";
import { proxyNumberMeaning, proxyNumberSummary } from "./messages/proxy-number-meaning.ts";
import {
  channelWebhookMeaning,
  channelWebhookSummary,
  chatServiceMeaning,
  chatWebhooks,
} from "./messages/webhook-meaning.ts";
import { differenceMeaning } from "./property-meaning.ts";
import { lostWithResources } from "./lost-with.ts";
import { queueMeaning, queueSummary } from "./queue-meaning.ts";
import { permissionsMeaning, roleSummary } from "./role-meaning.ts";
import { said, type Statement } from "./statement.ts";
import type { Properties, Subject, SubjectDifference } from "../changes/subject.ts";
import type { Surroundings } from "./surroundings.ts";
import { workerMeaning } from "./worker-meaning.ts";
import { workflowMeaning, workflowSummary } from "./workflow/workflow-meaning.ts";

/** Tells a property whose meaning is more than its value; undefined where the value can't be read so. */
type Teller = (subject: Subject, name: string, surroundings: Surroundings) => Statement[] | undefined;

const tellers: Readonly<Record<string, Teller>> = {
  "twilio:taskrouter:Workflow configuration": ({ before, after }, name, surroundings) =>
    workflowMeaning(before?.[name], after?.[name], surroundings),
  "twilio:taskrouter:TaskQueue targetWorkers": ({ before, after }, name, surroundings) =>
    queueMeaning(before?.[name], after?.[name], surroundings),
  "twilio:studio:Flow definition": ({ before, after }, name, surroundings) =>
    flowMeaning(before?.[name], after?.[name], surroundings),
  "twilio:chat:Role permissions": (subject) => permissionsMeaning(subject),
  "twilio:conversations:Role permissions": (subject) => permissionsMeaning(subject),
};

/** What is worth knowing of a resource that is new. */
const summaries: Readonly<Record<string, (after: Properties, surroundings: Surroundings) => Statement[]>> = {
  "twilio:taskrouter:Workflow": ({ configuration }, surroundings) =>
    workflowSummary(configuration, surroundings),
  "twilio:taskrouter:TaskQueue": ({ targetWorkers }, surroundings) =>
    queueSummary(targetWorkers, surroundings),
  "twilio:studio:Flow": ({ definition }, surroundings) => flowSummary(definition, surroundings),
  "twilio:flex:FlexFlow": flexFlowSummary,
  "twilio:flex:Configuration": configurationSummary,
  "twilio:chat:Role": ({ permissions }) => roleSummary(permissions),
  "twilio:conversations:Role": ({ permissions }) => roleSummary(permissions),
  "twilio:chat:ChannelWebhook": channelWebhookSummary,
  "twilio:api:IncomingPhoneNumber": numberSummary,
  "twilio:proxy:PhoneNumber": proxyNumberSummary,
  "twilio:conversations:Address": addressSummary,
};

/** What follows for messages, beside what differs, from a resource that goes or a change of one of `of`. */
interface Consequence {
  readonly of: readonly string[];
  readonly tell: (subject: Subject, surroundings: Surroundings) => Statement[];
}

const consequences: Readonly<Record<string, Consequence>> = {
  "twilio:api:IncomingPhoneNumber": { of: numberConsequences, tell: numberMeaning },
  "twilio:taskrouter:Worker": { of: ["attributes"], tell: workerMeaning },
  "twilio:flex:FlexFlow": { of: flexFlowHandling, tell: flexFlowMeaning },
  "twilio:proxy:PhoneNumber": { of: [], tell: proxyNumberMeaning },
  "twilio:conversations:Address": { of: addressHandling, tell: addressMeaning },
  "twilio:conversations:Configuration": { of: conversationTimers, tell: timersMeaning },
  "twilio:conversations:ConfigurationWebhooks": {
    of: conversationWebhooks,
    tell: conversationWebhooksMeaning,
  },
  "twilio:conversations:ServiceWebhooks": { of: conversationWebhooks, tell: conversationWebhooksMeaning },
  "twilio:chat:Service": { of: chatWebhooks, tell: chatServiceMeaning },
  "twilio:chat:ChannelWebhook": { of: [], tell: channelWebhookMeaning },
  ...lostWithResources,
};

/** What is never new at Twilio, so that all that the program sets is a change. */
const settings: ReadonlySet<string> = new Set([
  "twilio:conversations:Configuration",
  "twilio:conversations:ConfigurationWebhooks",
  "twilio:conversations:ServiceWebhooks",
]);

/**
 * What the change of a resource means; of one that is gone, what is lost with it. Nothing for what differs only in how
 * its JSON is written or in the order of what has none.
 */
export function meaningOf(planned: Subject, surroundings: Surroundings): Statement[] {
  const subject = surroundings.complete(planned);
  const { type, before, after } = subject;
  const consequence = consequences[type];
  const tell = () => consequence?.tell(subject, surroundings) ?? [];
  if (after === undefined) return tell();
  if (before === undefined)
    return summaries[type]?.(after, surroundings) ?? (settings.has(type) ? tell() : []);
  const byProperty = Map.groupBy(subject.differences ?? compared(subject), propertyOf);
  const told = [...byProperty].flatMap(([name, differences]) => {
    const teller = tellers[`${type} ${name}`];
    const statements =
      teller?.(subject, name, surroundings) ??
      differences.map((difference) => differenceMeaning(difference, surroundings));
    return differences.some(({ replaces }) => replaces) ? forReplacement(statements, name) : statements;
  });
  const follows = consequence?.of.some((name) => byProperty.has(name)) === true;
  return [...told, ...(follows ? tell() : [])];
}

function compared({ before = {}, after = {} }: Subject): SubjectDifference[] {
  return differences([], before, after).map((difference) => ({ ...difference, replaces: false }));
}

/** The property of the resource that a difference is in. */
function propertyOf({ path }: SubjectDifference): string {
  return String(parsePropertyPath(path)[0]);
}

/** Says with the first statement that the resource is replaced, and says it where there is none. */
function forReplacement(statements: readonly Statement[], name: string): Statement[] {
  const [first = said("change", [], [name]), ...rest] = statements;
  return [{ ...first, replaces: true, danger: true }, ...rest];
}
