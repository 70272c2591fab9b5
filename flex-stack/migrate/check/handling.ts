import { differences } from "../standing.ts";
import { wiringOf } from "../world.ts";
import { isBefore, type Concern, type Item } from "./item.ts";

/** Whether the account is as the configuration says: each step builds on the one before. */
export const applied: Item = {
  name: "account",
  look({ stage, cut, world, stack, messagingServiceSid }) {
    const found = wiringOf(world);
    const said = differences(stage, cut, found, messagingServiceSid);
    // One that is off is taken over as it is.
    const rest = stage === "legacy" ? said.filter((one) => one !== "Its Address is off.") : said;
    if (world.number === undefined)
      return one({
        blocks: "prepared",
        cause: "number-missing",
        sentence: `${world.phoneNumber} is no number of the account.`,
        fix: "Correct phoneNumber in the configuration, or get the number back.",
      });
    if (rest.length === 0) return ok(`The account has it as the configuration says: ${stage}.`);
    return one({
      blocks: stage === "legacy" ? "prepared" : stage === "cut" ? "done" : "cut",
      cause: "not-applied",
      sentence: `The account is not what the configuration says (${stage}): ${rest.join(" ")}`,
      fix: `Run npx flex-stack up --refresh --stack ${stack} first: each step builds on the one before.`,
    });
  },
};

/** What the Flex Flow did with new conversations, which an Address has to do as well. */
export const flexFlow: Item = {
  name: "flex-flow",
  look(subject) {
    const { world, settings, stage, key } = subject;
    const flow = world.flexFlow;
    if (flow === undefined)
      return ok(
        stage === "done"
          ? "It is gone, as it should be."
          : "There is none, so nothing has to be put in its place.",
      );
    const found: Concern[] = [];
    const migration = settings["migration"] as { integration?: unknown } | undefined;
    const isChosen = !isBefore(subject) || migration?.integration !== undefined;
    const choose = `Say what conversations do in its place: migration: {stage: prepared, integration: {type: studio}}, or {type: webhook, url, filters}, of the number ${key}.`;
    if (flow.integrationType === "task" && !isChosen)
      found.push({
        blocks: "cut",
        cause: "flow-makes-tasks",
        sentence: `The Flex Flow ${flow.sid} makes a task of each text at once, which an Address can't: a Studio flow or a webhook has to make an Interaction.`,
        fix: choose,
      });
    if (flow.integrationType === "external" && !isChosen)
      found.push({
        blocks: "cut",
        cause: "flow-calls-url",
        sentence: `The Flex Flow ${flow.sid} posts messages to a URL in Chat's form; an Address posts other events, with other fields.`,
        fix: choose,
      });
    if (flow.longLived && isBefore(subject))
      found.push({
        blocks: "cut",
        cause: "long-lived",
        sentence: `The Flex Flow ${flow.sid} is long-lived: its chats go on after their tasks, and Flex Conversations have nothing like it.`,
        fix: "Set messageHandling.longLived to false and run up; chats that are open stay long-lived until each is closed by hand.",
      });
    return Promise.resolve(
      found.length > 0
        ? found
        : `The Flex Flow ${flow.sid} is of type ${flow.integrationType}, which an Address can do as well.`,
    );
  },
};

/** The pool by which open chats go on. */
export const pool: Item = {
  name: "proxy-pool",
  look({ world, stage }) {
    if (stage === "done")
      return world.isPooled
        ? one({
            cause: "still-pooled",
            sentence: "The number is still in the Proxy pool.",
            fix: "Run up: it takes the number out and empties its SmsUrl at once.",
          })
        : ok("The number has left the Proxy pool.");
    return world.isPooled
      ? ok("The number is in the Proxy pool: chats that are open go on.")
      : one({
          blocks: stage === "cut" ? undefined : "cut",
          cause: "number-not-in-pool",
          sentence:
            "The number is not in the Proxy pool: what agents write in open chats does not reach their customers.",
          fix: "Run up: it puts the number back.",
        });
  },
};

/** Who else would answer the number's texts. */
export const messagingService: Item = {
  name: "messaging-service",
  async look({ world, cut, messagingServiceSid, reads, stage }) {
    const { service } = world;
    const found: Concern[] = [];
    if (cut === "pool" && stage !== "done") {
      const wanted =
        messagingServiceSid === undefined ? undefined : await reads.messaging.service(messagingServiceSid);
      if (wanted === undefined)
        found.push({
          blocks: "cut",
          cause: "pool-service-missing",
          sentence: `The cut pool needs a Messaging Service, and ${messagingServiceSid === undefined ? "none is named" : `${messagingServiceSid} does not exist`}.`,
          fix: "Prepare one in the console with the integration Autocreate a Conversation, and name it: --messaging-service MG….",
        });
      else
        found.push({
          cause: "autocreate-not-readable",
          sentence: `Whether ${wanted.sid} opens conversations by itself (Autocreate a Conversation) no API tells.`,
          fix: "Look at its Integration in the console; a change takes up to a minute.",
        });
      if (service !== undefined && service.sid !== messagingServiceSid)
        found.push({
          blocks: "cut",
          cause: "other-service",
          sentence: `The number is a sender of the Messaging Service ${service.sid}, and can be one of a single service only.`,
          fix: `Take it out of ${service.sid} first, or name that one.`,
        });
    } else if (service !== undefined && !service.useInboundWebhookOnNumber && service.inboundRequestUrl)
      found.push({
        blocks: stage === "cut" ? "done" : "cut",
        cause: "service-answers",
        sentence: `The number is a sender of the Messaging Service ${service.sid}, whose InboundRequestUrl ${service.inboundRequestUrl} gets its texts beside the Address: the customer gets two answers.`,
        fix: "Empty the InboundRequestUrl of that service, or have it leave texts to the number's own webhook.",
      });
    if (found.length > 0) return found;
    return service === undefined
      ? "The number is no sender of a Messaging Service."
      : `The Messaging Service ${service.sid} leaves its texts alone.`;
  },
};

/** Where texts go by the number itself. */
export const smsUrl: Item = {
  name: "sms-url",
  look({ world, stage, cut }) {
    const { number } = world;
    const { smsUrl: url } = wiringOf(world);
    const wanted = isOld(stage) || (stage === "cut" && cut === "pool") ? "proxy" : "empty";
    if (number === undefined || url === wanted)
      return ok(
        wanted === "proxy"
          ? "SmsUrl leads to Proxy."
          : "SmsUrl is empty: nobody but the Address gets its texts.",
      );
    return one({
      blocks: isOld(stage) ? "prepared" : "done",
      cause: number.smsApplicationSid ? "number-application" : "number-other-handler",
      sentence: number.smsApplicationSid
        ? `Its texts go to the TwiML application ${number.smsApplicationSid}.`
        : `Its SmsUrl is ${number.smsUrl || "empty"}, where it should ${wanted === "proxy" ? "lead to Proxy" : "be empty"}.`,
      fix: "Run up --refresh: it brings back what the stack declares.",
    });
  },
};

function isOld(stage: string): boolean {
  return stage === "legacy" || stage === "prepared";
}

const ok = (sentence: string) => Promise.resolve(sentence);
const one = (concern: Concern) => Promise.resolve([concern]);
