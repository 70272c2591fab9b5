import { spawn } from "node:child_process";
import { once } from "node:events";

/** Opens a page in whoever's browser. @returns whether there was a program that took it */
export async function openBrowser(url: string): Promise<boolean> {
  const [command, ...args] =
    process.platform === "darwin"
      ? ["open"]
      : process.platform === "win32"
        ? ["cmd", "/c", "start", ""]
        : ["xdg-open"];
  const child = spawn(command ?? "", [...args, url], { stdio: "ignore", detached: true });
  child.unref();
  return Promise.race([once(child, "spawn").then(() => true), once(child, "error").then(() => false)]);
}
