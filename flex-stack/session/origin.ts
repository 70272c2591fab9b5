import { commitOf } from "../project/commit.ts";
import { configValue } from "../project/settings.ts";
import type { Origin } from "../report/origin.ts";
import type { StackSession } from "./stack-session.ts";

/** What a page says of where it comes from: as the configuration has it, nobody is asked. */
export async function originOf({
  name,
  settings,
  endpoint,
  local,
  projectFolder,
}: Pick<StackSession, "name" | "settings" | "endpoint" | "local" | "projectFolder">): Promise<Origin> {
  const sid = configValue(settings, "twilio:accountSid") ?? process.env["TWILIO_ACCOUNT_SID"];
  const place = endpoint === undefined ? [] : [`${local ? "on the local Twilio " : "at "}${endpoint.url}`];
  const account = [...(sid === undefined ? [] : [sid]), ...place].join(" ");
  return {
    stack: name,
    ...(account === "" ? {} : { account }),
    commit: await commitOf(projectFolder),
    at: new Date().toISOString(),
  };
}
