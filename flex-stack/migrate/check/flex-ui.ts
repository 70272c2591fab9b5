import type { Item } from "./item.ts";

/** The first version of Flex UI that shows conversations. */
const least = 2;

/** Agents' desktops: only Flex UI 2 lets agents into conversations, and it serves open chats to their end. */
export const flexUi: Item = {
  name: "flex-ui",
  async look({ reads, cleanUp }) {
    const version = (await reads.flex.configuration())?.uiVersion ?? "";
    const major = Number(/\d+/.exec(version)?.[0] ?? Number.NaN);
    if (major >= least) return `Flex UI ${version} serves both worlds.`;
    return [
      {
        blocks: "cut",
        cause: "flex-ui-version",
        sentence: Number.isNaN(major)
          ? "The Flex Configuration names no version of Flex UI (ui_version)."
          : `The Flex Configuration has Flex UI ${version}, which shows no conversations.`,
        fix: "Set ui_version to 2 or newer (such as ~2.17.0) in the Flex console or by API, with plugins built for it: Flex UI 2 serves chats of Chat and Proxy as well.",
        command: cleanUp.changeFlex({ ui_version: "~2.17.0" }),
      },
    ];
  },
};
