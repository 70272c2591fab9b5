import { spawn, type ChildProcess } from "node:child_process";

/** How long a Pulumi whose flex-stack was killed may take to end what it is doing, in tenths of a second. */
const grace = 100;

/** Waits until our end of its standard input closes, which a kill does, too; then asks Pulumi to stop, and sees to it. */
const script = `
read -r word
[ "$word" = ended ] && exit
kill -INT "$1" 2>/dev/null || exit
n=0
while [ $n -lt ${grace} ] && kill -0 "$1" 2>/dev/null; do sleep 0.1; n=$((n + 1)); done
kill -KILL -"$1" 2>/dev/null`;

/**
 * Lets a process end with this one, however this one ends: nobody would hear what it says, and the next run must not
 * find it at work. It is asked to finish what it is doing, and killed with its process group if it does not.
 */
export function endWithUs(child: ChildProcess): void {
  if (process.platform === "win32" || child.pid === undefined) return;
  const watcher = spawn("/bin/sh", ["-c", script, "flex-stack-watch", String(child.pid)], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  watcher.on("error", () => undefined);
  watcher.stdin?.on("error", () => undefined);
  watcher.unref();
  child.once("close", () => watcher.stdin?.end("ended\n"));
}
