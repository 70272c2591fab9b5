import { execFile } from "node:child_process";

/** Runs a command of Pulumi that only reads, and returns what it prints. */
export type RunPulumi = (...words: string[]) => Promise<string>;

/** Milliseconds until a backend that does not answer counts as one that can't be read. */
const usualPatience = 60_000;

/** Pulumi as the search path has it, on the project and backend that the provider was started for. */
export function pulumiIn(folder: string, env: NodeJS.ProcessEnv, patience = usualPatience): RunPulumi {
  return (...words) =>
    new Promise((resolve, reject) => {
      const options = { cwd: folder, env: readerEnv(env), maxBuffer: 1024 ** 3 };
      const child = execFile("pulumi", [...words, "--non-interactive"], options, (error, stdout, stderr) => {
        clearTimeout(timer);
        if (error === null) resolve(stdout);
        else reject(new Error(reasonOf(error, stderr)));
      });
      const timer = setTimeout(() => {
        reject(new Error(`no answer within ${patience / 1000} seconds`));
        // Something that it started may keep what it writes to open: nobody waits for that.
        child.kill("SIGKILL");
        child.stdout?.destroy();
        child.stderr?.destroy();
      }, patience);
    });
}

/** Without credentials, which a look at the state has no need of, and without where the engine reports to. */
function readerEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const needless = /^(TWILIO_|PULUMI_CONFIG$|PULUMI_LOG_OTLP_ENDPOINT$|PULUMI_DEBUG_COMMANDS$)/;
  const rest = Object.entries(env).filter(([name]) => !needless.test(name));
  return { ...Object.fromEntries(rest), PULUMI_SKIP_UPDATE_CHECK: "true" };
}

function reasonOf(error: { code?: unknown; message: string }, stderr: string): string {
  if (error.code === "ENOENT") return "pulumi is not on the search path";
  const [line = ""] = stderr.split("\n").filter((text) => text.trim() !== "");
  const text = line.replace(/^error: /, "").trim() || `pulumi ended with exit code ${String(error.code)}`;
  // The address of a backend may hold a password.
  return text.replaceAll(/\/\/[^\s/@]*@/g, "//[secret]@");
}
