import { Command } from "commander";
import type { DevOptions } from "../dev/options.ts";
import type { CommandContext } from "../terminal/command-context.ts";

/** `flex-stack dev`: a local stack that follows its files. */
export function dev(context: CommandContext): Command {
  return new Command("dev")
    .description("keep a local stack as its files say, and tell what happens to messages, until Ctrl-C")
    .option(
      "-s, --stack <name>",
      "stack to work on, on the local Twilio",
      process.env["PULUMI_STACK"] || "dev",
    )
    .option(
      "-f, --forward <url>",
      "pass on to this program what the account sends to http://127.0.0.1:4200, and its answers back",
    )
    .option("-C, --cwd <folder>", "the project's folder", process.cwd())
    .addHelpText(
      "after",
      `
It keeps the local Twilio with its page, runs up, and again whenever the program, its configuration or its policy pack
changes: files of TypeScript, JavaScript, JSON and YAML, without tests and folders named dist. What happens to messages is
told as it happens, wherever they come from:
  flex-stack simulate sms --from +14155550170 --body "Where is my parcel?" --reply 3      in another terminal

  flex-stack dev --forward http://127.0.0.1:3000      your handler: it gets paths, bodies and signatures as Twilio sends them
The signature is that of the URL in the account, http://127.0.0.1:4200/…, which X-Forwarded-Host tells.

A local Twilio that runs already (npm run emulator) is used, and stays when this ends.`,
    )
    .action(async (options: DevOptions) => {
      const { runDev } = await import("../dev/run-dev.ts");
      context.finish(await runDev(options, context));
    });
}
