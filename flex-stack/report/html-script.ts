import { createHash } from "node:crypto";

/**
 * All the script that a page has: a button beside each command, which copies it. Without it, and where the browser lets
 * no script near the clipboard, the command is there to be marked by hand.
 */
export const copyScript = `for (const command of document.querySelectorAll("code.command")) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(command.textContent);
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(command);
      button.textContent = "Marked: press Ctrl-C";
    }
    setTimeout(() => { button.textContent = "Copy"; }, 3000);
  });
  command.after(" ", button);
}`;

/** What a Content Security Policy calls the script: nothing else runs. */
export const copyScriptSource = `'sha256-${createHash("sha256").update(copyScript).digest("base64")}'`;
