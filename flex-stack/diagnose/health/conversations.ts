import type { ChannelInstance } from "twilio/lib/rest/chat/v2/service/channel.js";
import type { SessionInstance } from "twilio/lib/rest/proxy/v1/service/session.js";
import { parseAttributes, textOf } from "../../account/attributes.ts";
import { isOpen } from "../collect.ts";
import { consolePage } from "../console-page.ts";
import type { Problem } from "../finding.ts";
import type { Reads } from "../reads/reads.ts";
import type { Account, Check } from "./check.ts";

/** Most channels that are asked for one by one. */
const maxAsked = 20;

/** Sessions that take messages nobody sees: their task is over. */
export const staleSessions: Check = {
  name: "stale-sessions",
  holds: "No Proxy session outlived its task or its chat channel.",
  async find({ reads, cleanUp }) {
    const sessions = (await reads.proxy.sessions()).filter(isOpen);
    if (sessions.length === 0) return [];
    const channels = new Map((await endedChannels(reads)).map((channel) => [sessionOf(channel), channel]));
    const lost = await withoutChannel(sessions, reads);
    return sessions.flatMap(({ sid, serviceSid, uniqueName }): Problem[] => {
      if (lost.has(sid))
        return [
          {
            cause: "session-without-channel",
            sentence: `Proxy session ${sid} is still open, and its chat channel ${uniqueName} is not in Flex's chat service: the customer's next message is lost (Twilio error 80619).`,
            fix: "Delete the session: the customer's next message begins a new conversation.",
            page: consolePage.session(serviceSid, sid),
            command: cleanUp.remove(`https://proxy.twilio.com/v1/Services/${serviceSid}/Sessions/${sid}`),
          },
        ];
      const channel = channels.get(sid);
      if (channel === undefined) return [];
      return [
        {
          cause: "session-stale",
          sentence: `Proxy session ${sid} is still open, and the task of its chat channel ${channel.sid} is over: the customer's next message goes where nobody sees it.`,
          fix: "Delete the session. Flex UI does it when an agent completes the task; for tasks that end otherwise, enable the janitor of the Flex Flow.",
          page: consolePage.session(serviceSid, sid),
          command: cleanUp.remove(`https://proxy.twilio.com/v1/Services/${serviceSid}/Sessions/${sid}`),
        },
      ];
    });
  },
};

/** Conversations that look open and have neither task nor session. */
export const orphanChannels: Check = {
  name: "orphan-channels",
  holds: "No chat channel is active without its task.",
  async find({ reads, cleanUp }: Account) {
    // Those that are open are told of with the sessions.
    const sessions = new Set((await reads.proxy.sessions()).filter(isOpen).map(({ sid }) => sid));
    return (await endedChannels(reads))
      .filter((channel) => !sessions.has(sessionOf(channel) ?? ""))
      .map(({ sid, serviceSid, attributes }) => ({
        cause: "channel-orphan",
        sentence: `Chat channel ${sid} is active, and both its task and its Proxy session are over.`,
        fix: "Set its status to INACTIVE: it counts among the open chats of its members (Twilio error 45207).",
        page: consolePage.channel(serviceSid, sid),
        command: cleanUp.change(`https://chat.twilio.com/v2/Services/${serviceSid}/Channels/${sid}`, [
          ["Attributes", JSON.stringify({ ...parseAttributes(attributes), status: "INACTIVE" })],
        ]),
      }));
  },
};

/** SIDs of sessions whose chat channel, by which Flex names them, does not exist. */
async function withoutChannel(
  sessions: readonly SessionInstance[],
  reads: Reads,
): Promise<ReadonlySet<string>> {
  const known = new Set((await reads.chat.channels()).map(({ sid }) => sid));
  // Only the first channels of a large service are listed.
  const doubtful = sessions
    .filter(({ uniqueName }) => uniqueName?.startsWith("CH") && !known.has(uniqueName))
    .slice(0, maxAsked);
  const found = await Promise.all(doubtful.map(({ uniqueName }) => reads.chat.channel(uniqueName)));
  return new Set(doubtful.filter((_, index) => found[index] === undefined).map(({ sid }) => sid));
}

/** Channels that are active though their task is over; those that live longer than their tasks left out. */
async function endedChannels(reads: Reads): Promise<readonly ChannelInstance[]> {
  const open = new Set((await reads.taskrouter.openTasks()).map(({ sid }) => sid));
  return (await reads.chat.channels()).filter(({ attributes: json }) => {
    const attributes = parseAttributes(json);
    const task = textOf(attributes, "taskSid", "task_sid");
    return (
      attributes["status"] === "ACTIVE" &&
      attributes["long_lived"] !== true &&
      task !== undefined &&
      !open.has(task)
    );
  });
}

function sessionOf({ attributes }: ChannelInstance): string | undefined {
  return textOf(parseAttributes(attributes), "proxySession");
}
