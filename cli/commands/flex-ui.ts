import { Command, Option } from "commander";
import type { FlexUiOptions } from "../flex-ui/options.ts";
import type { CommandContext } from "../terminal/command-context.ts";

/** `flex-stack flex-ui`: an agent's desktop, in the real Flex UI, on the local Twilio. */
export function flexUi(context: CommandContext): Command {
  return (
    new Command("flex-ui")
      .description("open an agent's desktop: the real Flex UI, signed in to the local Twilio")
      .option("--agent <worker>", "whose desktop, by name or SID (default: the workspace's first worker)")
      .addOption(
        new Option("--ui <version>", "Flex UI 2 (2.17.1), or the last of 1.x (1.34.6)")
          .choices(["2", "1"])
          .default("2"),
      )
      .option("--no-plugin", "without the project's plugin")
      // Not 4200, where dev's own programs are called: the page would answer their webhooks.
      .option("--port <number>", "port of the page; 0 takes a free one", "4300")
      .option("--no-open", "only say where the page is, and open no browser")
      .option("-s, --stack <name>", "stack to work on", process.env["PULUMI_STACK"] || "dev")
      .option("-C, --cwd <folder>", "the project's folder", process.cwd())
      .addHelpText(
        "after",
        `
It goes on until Ctrl-C. What customers write comes from another terminal:
  npm run flex-ui -- --agent bob
  npm run flex-stack -- simulate sms --from +14155550170 --to +13125550163 --body "Where is my parcel?" --reply 3

npm run flex-ui bundles Flex UI 2 when it is not there yet, which downloads its npm packages and takes a minute or two. The
page is for this machine alone: whoever loads it is the agent. There are no calls, files and mail.`,
      )
      .action(async (options: FlexUiOptions) => {
        const { runFlexUi } = await import("../flex-ui/run-flex-ui.ts");
        context.finish(await runFlexUi(options, context));
      })
  );
}
