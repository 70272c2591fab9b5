import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, jest } from "@jest/globals";
import { parseDocument } from "yaml";
import { startEmulator, type Emulator, type EmulatorOptions, type Exchange } from "../../emulator/index.ts";
import { createConformance } from "../conformance/validator.ts";
import { localTwilio } from "./localTwilio.ts";
import { onTerminal } from "./pseudoTerminal.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A copy of the project with a local Twilio and a state of its own, worked on with `flex-stack`. */
export interface TestProject {
  readonly folder: string;
  readonly client: ReturnType<typeof localTwilio>;
  /** The local Twilio itself. */
  readonly emulator: Emulator;
  /** What Twilio was asked so far. */
  readonly exchanges: readonly Exchange[];
  /** Runs `flex-stack` in it, or where `--cwd` says, as a process. */
  flexStack(...args: string[]): Promise<Ended>;
  /** The same on a pseudo terminal of that width; both streams are in `stdout`, as they were written. */
  onTerminal(columns: number, ...args: string[]): Promise<Ended>;
  /** A file of the project. */
  read(file: string): Promise<string>;
  write(file: string, text: string): Promise<void>;
  /** Names and hashes of all files of the state, locks and history included. */
  state(): Promise<Readonly<Record<string, string>>>;
}

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Provides a test file with such a project, whose stack is `dev`. Every exchange is judged by Twilio's OpenAPI documents.
 *
 * @param options.seed What the local Twilio starts with. @default a new Flex account
 */
export function useProject(source = ".", options: Pick<EmulatorOptions, "seed"> = {}): TestProject {
  // Each command takes seconds, more on a busy machine.
  jest.setTimeout(180_000);
  const conformance = createConformance();
  const exchanges: Exchange[] = [];
  let started: { emulator: Emulator; folder: string; client: TestProject["client"] } | undefined;
  const get = () => {
    if (started === undefined) throw new Error("The project is only there while tests run");
    return started;
  };
  const inside = (file: string) => join(get().folder, file);

  beforeAll(async () => {
    const emulator = await startEmulator({
      file: ":memory:",
      port: 0,
      ...options,
      onExchange: (exchange) => {
        exchanges.push(exchange);
        conformance.onExchange(exchange);
      },
    });
    const folder = await mkdtemp(join(tmpdir(), "project-"));
    started = { emulator, folder, client: localTwilio(emulator) };
    for (const linked of ["node_modules", "policy", "provider"])
      await symlink(join(root, linked), join(folder, linked));
    await cp(join(root, "package.json"), join(folder, "package.json"));
    for (const file of ["Pulumi.yaml", "Pulumi.dev.yaml"])
      await cp(join(root, source, file), join(folder, file));
    const program = pathToFileURL(join(root, source, "index.ts")).href;
    await writeFile(join(folder, "index.ts"), `export * from ${JSON.stringify(program)};\n`);
    const settings = parseDocument(await readFile(join(folder, "Pulumi.dev.yaml"), "utf8"));
    settings.setIn(["config", "twilio:endpoint"], emulator.url);
    await writeFile(
      join(folder, "Pulumi.dev.yaml"),
      settings.toString({ lineWidth: 0, flowCollectionPadding: false }),
    );
  }, 60_000);

  afterAll(async () => {
    await started?.emulator.close();
    if (started) await rm(started.folder, { recursive: true });
    conformance.assertConforms();
  });

  return {
    exchanges,
    get folder() {
      return get().folder;
    },
    get client() {
      return get().client;
    },
    get emulator() {
      return get().emulator;
    },
    flexStack: (...args) => {
      const { folder } = get();
      const place = args.includes("--cwd") ? [] : ["--cwd", folder];
      const words = [join(root, "cli/main.ts"), ...args, ...place];
      const env = { ...process.env, NO_COLOR: "1", PULUMI_BACKEND_URL: `file://${folder}` };
      return new Promise((resolve) => {
        execFile(
          join(root, "node_modules/.bin/node"),
          words,
          { env, cwd: folder },
          (error, stdout, stderr) => {
            const code = typeof error?.code === "number" ? error.code : error ? -1 : 0;
            resolve({ code, stdout, stderr });
          },
        );
      });
    },
    onTerminal: async (columns, ...args) => {
      const { folder } = get();
      const command = [join(root, "node_modules/.bin/node"), join(root, "cli/main.ts"), ...args];
      const { CI: _, ...inherited } = process.env;
      const env = { ...inherited, NO_COLOR: "1", TERM: "xterm", PULUMI_BACKEND_URL: `file://${folder}` };
      const { code, shown } = await onTerminal({ command, cwd: folder, env, columns });
      return { code: code ?? -1, stdout: shown, stderr: "" };
    },
    read: (file) => readFile(inside(file), "utf8"),
    write: (file, text) => writeFile(inside(file), text),
    state: async () => {
      const names = await readdir(inside(".pulumi"), { recursive: true, withFileTypes: true });
      const files = names
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name));
      const hash = async (file: string) =>
        createHash("sha256")
          .update(await readFile(file))
          .digest("hex");
      return Object.fromEntries(
        await Promise.all(files.sort().map(async (file) => [file, await hash(file)])),
      );
    },
  };
}
