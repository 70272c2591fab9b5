/**
 * Names every declared resource in resources/index.ts, generates sdks/twilio from the schema of all of them, and compiles
 * it: `npm run sdk`.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

import { packageSchema } from "../engine/schema.ts";
import { version } from "../version.ts";
import { buildSdk } from "./build.js";
import { registryText } from "./registry.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const pulumiVersion = (
  JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { dependencies: { pulumi: string } }
).dependencies.pulumi;

/** Writes the SDK that Pulumi generates from the schema into a folder. */
export async function generateSdk(target: string): Promise<void> {
  const { resources } = await import("../resources/index.ts");
  const scratch = mkdtempSync(join(tmpdir(), "twilio-sdk-"));
  try {
    const schema = join(scratch, "schema.json");
    writeFileSync(schema, JSON.stringify(packageSchema(resources, version)));
    pulumi(["package", "gen-sdk", schema, "--language", "nodejs", "--local", "--out", scratch]);
    cpSync(join(scratch, "nodejs"), target, { recursive: true });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Runs the pinned Pulumi CLI, whose folder also holds the Node language host. */
function pulumi(args: string[]): void {
  const home = process.env["PULUMI_HOME"] ?? join(homedir(), ".pulumi");
  const bin = join(home, "versions", pulumiVersion, "bin");
  execFileSync("pulumi", args, {
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...process.env,
      PATH: [bin, join(root, "node_modules", ".bin"), process.env["PATH"]].join(delimiter),
      PULUMI_SKIP_UPDATE_CHECK: "true",
    },
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const target = join(root, "sdks", "twilio");
  const declared = join(root, "provider", "resources");
  writeFileSync(join(declared, "index.ts"), registryText(declared));
  rmSync(target, { recursive: true, force: true });
  await generateSdk(target);
  buildSdk();
  console.log("sdks/twilio is generated and compiled");
}
