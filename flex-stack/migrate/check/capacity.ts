import { flowOf } from "./conversations-flow.ts";
import type { Item } from "./item.ts";

/** Most workers whose channels are asked for. */
const maxAsked = 25;

/** Whether somebody has room for tasks on the task channel of conversations. */
export const capacity: Item = {
  name: "capacity",
  async look(subject) {
    const { reads } = subject;
    const flow = await flowOf(subject);
    const named = new Set(
      (flow?.states ?? []).flatMap(({ type, properties }) =>
        type === "send-to-flex" && typeof properties["channel"] === "string" ? [properties["channel"]] : [],
      ),
    );
    if (named.size === 0) return "No flow names a task channel.";
    const workers = await reads.taskrouter.workers();
    const asked = workers.slice(0, maxAsked);
    const rooms = await Promise.all(asked.map(({ sid }) => reads.taskrouter.workerChannels(sid)));
    const channels = (await reads.taskrouter.taskChannels()).filter(
      ({ sid, uniqueName }) => named.has(sid) || named.has(uniqueName),
    );
    const without = channels.filter(
      ({ sid }) => !rooms.flat().some((one) => one.taskChannelSid === sid && one.configuredCapacity > 0),
    );
    if (without.length === 0)
      return `Workers have room on ${channels.map(({ uniqueName }) => uniqueName).join(", ") || "its task channel"}.`;
    const isSure = asked.length === workers.length;
    return [
      {
        blocks: isSure ? "cut" : undefined,
        cause: "no-capacity",
        sentence: `None of ${isSure ? `the ${workers.length}` : `the first ${asked.length} of ${workers.length}`} workers has room on the task channel ${without.map(({ uniqueName }) => uniqueName).join(", ")}.`,
        fix: "Give workers a capacity there, or have Send to Flex name another task channel.",
      },
    ];
  },
};
