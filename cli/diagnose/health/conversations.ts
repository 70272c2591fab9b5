import type { ChannelInstance } from "twilio/lib/rest/chat/v2/service/channel.js";
import { parseAttributes, textOf } from "../../twilio/attributes.ts";
import { isOpen } from "../collect.ts";
import { consolePage } from "../console-page.ts";
import type { Problem } from "../finding.ts";
import type { Reads } from "../reads/reads.ts";
import type { Account, Check } from "./check.ts";

/** Sessions that take messages nobody sees: their task is over. */
export const staleSessions: Check = {
  name: "stale-sessions",
  holds: "No Proxy session outlived its task.",
  async find({ reads, cleanUp }) {
    const sessions = (await reads.proxy.sessions()).filter(isOpen);
    if (sessions.length === 0) return [];
    const channels = new Map((await endedChannels(reads)).map((channel) => [sessionOf(channel), channel]));
    return sessions.flatMap(({ sid, serviceSid }): Problem[] => {
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
    const sessions = new Set((await reads.proxy.sessions()).map(({ sid }) => sid));
    return (await endedChannels(reads))
      .filter((channel) => !sessions.has(sessionOf(channel) ?? ""))
      .map(({ sid, serviceSid, attributes }) => ({
        cause: "channel-orphan",
        sentence: `Chat channel ${sid} is active, and both its task and its Proxy session are gone.`,
        fix: "Set its status to INACTIVE: it counts among the open chats of its members (Twilio error 45207).",
        page: consolePage.channel(serviceSid, sid),
        command: cleanUp.change(`https://chat.twilio.com/v2/Services/${serviceSid}/Channels/${sid}`, [
          ["Attributes", JSON.stringify({ ...parseAttributes(attributes), status: "INACTIVE" })],
        ]),
      }));
  },
};

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
