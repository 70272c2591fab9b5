import { createCipheriv, pbkdf2Sync, randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const components = fileURLToPath(new URL("../../components/index.ts", import.meta.url));

/** Secrets of a project, each with a mark in it that nothing else has, and a look at what shows them. */
export class Secrets {
  readonly token = "mark-token/c0de+7=";
  readonly #pin = "mark-pin/5e2d+9=";
  readonly #api = "mark-api/77aa+1=";
  #password = "mark-pass-9c1b";
  readonly proxy = "http://ann:mark-proxy-31d0@127.0.0.1:1";

  /** A webhook with a password, encrypted in the configuration. */
  get hook(): string {
    return `http://hook:${this.#password}@127.0.0.1:1/events`;
  }

  /** One that somebody set in the console. */
  readonly strange = "http://ann:mark-strange-08f2@127.0.0.1:1/events?token=mark-strange-08f2";

  readonly apiKey = `  twilio:apiKey: SK${"7".repeat(32)}\n  twilio:apiSecret: ${this.#api}\n`;

  /** From now on the webhook has another password. */
  change(): void {
    this.#password = "mark-pass-4e4e";
  }

  /** `pulumi config set --secret`, for settings of a stack whose passphrase is empty. */
  settings(text: string): string {
    const salt = Buffer.from(/encryptionsalt: v1:([^:]+):/.exec(text)?.[1] ?? "", "base64");
    const key = pbkdf2Sync("", salt, 1_000_000, 32, "sha256");
    const lines = Object.entries({ hook: this.hook, pin: this.#pin }).map(([name, value]) => {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      const sealed = Buffer.concat([cipher.update(value), cipher.final(), cipher.getAuthTag()]);
      const secure = `v1:${nonce.toString("base64")}:${sealed.toString("base64")}`;
      return `  flex-messaging:${name}: { secure: "${secure}" }\n`;
    });
    return lines.join("");
  }

  /** The program, with the secrets in a resource of its own, in a component, and in a document. */
  program(text: string): string {
    const secret = (name: string) => `new pulumi.Config("flex-messaging").requireSecret("${name}")`;
    return `import { ChatService } from ${JSON.stringify(components)};
${text.replace(/eventCallbackUrl: .*/, `eventCallbackUrl: ${secret("hook")},`)}
new ChatService("care", { friendlyName: "Care", postWebhookUrl: ${secret("hook")} });
new twilio.taskrouter.Worker("ann", {
  workspaceSid: workspace.sid,
  friendlyName: "ann",
  attributes: { contact_uri: "client:ann", pin: ${secret("pin")} },
});
`;
  }

  /** The marks of secrets that a text shows, as they are or as they are written in URLs, headers and documents. */
  shownIn(text: string): readonly string[] {
    const all = [
      "mark-pass-9c1b",
      "mark-pass-4e4e",
      "mark-strange-08f2",
      "mark-proxy-31d0",
      this.token,
      this.#pin,
      this.#api,
    ];
    return all.filter(
      (secret) =>
        [0, 1, 2].some((offset) => text.includes(inBase64(secret, offset))) ||
        [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)].some((form) =>
          text.includes(form),
        ),
    );
  }

  /** Files of a project that hold one, and which; but for its settings, where one is in clear or encrypted. */
  leftIn(folder: string): readonly string[] {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(entry.parentPath, entry.name);
      // What is linked is the project's own, and compiled code is no place for values.
      if (entry.isDirectory()) return entry.name === "compile-cache" ? [] : this.leftIn(path);
      if (!entry.isFile() || entry.name === "Pulumi.dev.yaml") return [];
      // Pulumi keeps the settings of each update, those in clear in clear: as the token of a local Twilio is.
      const isSetting = (secret: string) => secret === this.token && entry.name.endsWith(".history.json");
      const shown = this.shownIn(readFileSync(path, "latin1")).filter((secret) => !isSetting(secret));
      return shown.map((secret) => `${entry.name}: ${secret}`);
    });
  }

  /** Runs something, and looks now and then whether a command line of this machine shows a secret. */
  async watched<T>(body: () => Promise<T>): Promise<T> {
    const seen = new Set<string>();
    const look = () => {
      for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry)))
        for (const secret of this.shownIn(commandLine(name))) seen.add(secret);
    };
    const timer = process.platform === "linux" ? setInterval(look, 200) : undefined;
    try {
      return await body();
    } finally {
      clearInterval(timer);
      if (seen.size > 0) throw new Error(`Shown in a list of processes: ${[...seen].join(", ")}`);
    }
  }
}

/** What base64 makes of a text that begins at some place in another, without what depends on its neighbours. */
function inBase64(text: string, offset: number): string {
  const whole = Buffer.from(" ".repeat(offset) + text)
    .toString("base64")
    .replaceAll("=", "");
  return whole.slice(offset === 0 ? 0 : offset + 1, -2);
}

/** "" of a process that has ended. */
function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "latin1");
  } catch {
    return "";
  }
}
