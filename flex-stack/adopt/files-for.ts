import { basename } from "node:path";
import { stackFile } from "../project/project.ts";
import { shortName } from "../pulumi/stack-name.ts";
import type { StackSession } from "../session/stack-session.ts";
import { filesOf, type AdoptedFile } from "./files.ts";
import type { Look } from "./look.ts";
import { projectSetting } from "./project-setting.ts";

/** The files by which a stack takes over the account that was looked at, as they go to a folder. */
export function filesFor(
  session: StackSession,
  { adoption, accountSid, endpoint }: Look,
  folder: string,
): AdoptedFile[] {
  const { name, projectFolder } = session;
  return filesOf(adoption, {
    stack: shortName(name),
    accountSid,
    endpoint,
    folder,
    stackFile: basename(stackFile(projectFolder, name)),
    project: projectFolder,
    provider: providerOf(session),
  });
}

/** Where the project has the provider from. */
function providerOf(session: StackSession): string {
  const provider = projectSetting(session, "packages", "twilio");
  return typeof provider === "string" ? provider : "./provider";
}
