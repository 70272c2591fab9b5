import { commitOf } from "../project/commit.ts";
import { findProjectFolder } from "../project/project.ts";
import { configValue, readSettings } from "../project/settings.ts";
import type { Origin } from "../report/origin.ts";
import { parseEndpoint } from "../local-twilio/endpoint.ts";
import type { SessionOptions } from "./stack-session.ts";

/** What a page says of where it comes from: as the stack's configuration has it, nobody is asked. */
export async function originOf({ stack, cwd }: Pick<SessionOptions, "stack" | "cwd">): Promise<Origin> {
  const projectFolder = findProjectFolder(cwd);
  const settings = readSettings(projectFolder, stack);
  const sid = configValue(settings, "twilio:accountSid") ?? process.env["TWILIO_ACCOUNT_SID"];
  const address = configValue(settings, "twilio:endpoint");
  const endpoint = address === undefined ? undefined : parseEndpoint(address, stack);
  const place = endpoint && `${endpoint.loopback ? "on the local Twilio" : "at"} ${endpoint.url}`;
  const account = [sid, place].filter((part) => part !== undefined).join(" ");
  return {
    stack,
    ...(account === "" ? {} : { account }),
    commit: await commitOf(projectFolder),
    at: new Date().toISOString(),
  };
}
