import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Project } from "./project.mjs";

const pulumi = "1.2.3";

/** A project in a temporary folder, with a home and a PATH of its own, for tests of the set-up. */
export class TempProject {
  readonly root = mkdtempSync(join(tmpdir(), "set-up-"));
  /** Where Pulumi belongs. */
  readonly pulumiHome = join(this.root, "home", ".pulumi", "versions", pulumi);
  /** The only folder on PATH; it has node. */
  readonly bin = join(this.root, "path");
  readonly #npm = join(this.root, "npm", "npm-cli.js");
  readonly #stop = new AbortController();

  constructor() {
    const dependencies = { pulumi, node: "24.0.0" };
    this.json("package.json", { type: "module", dependencies });
    this.json("package-lock.json", {
      packages: {
        "": { dependencies },
        "node_modules/pulumi": { version: pulumi, integrity: "sha512-p" },
        "node_modules/node": { version: "24.0.0", integrity: "sha512-n" },
        "node_modules/other-system": { version: "1.0.0", integrity: "sha512-o", optional: true },
        "sdks/twilio": { version: "0.1.0" },
      },
    });
    this.json("plugin/package.json", {});
    this.json("plugin/package-lock.json", { packages: { "": {} } });
    this.file("page/src/main.ts", "");
    this.file("routing/index.ts", "");
    this.file(
      "page/build.mjs",
      `import { mkdirSync, writeFileSync } from "node:fs";
mkdirSync(process.argv[2]);
writeFileSync(process.argv[2] + "/page.js", "built");
console.log(48_000);
`,
    );
    this.file("toolchain/go.mod", "module toolchain\n\ngo 1.25.11\n");
    mkdirSync(join(this.root, "home"));
    mkdirSync(this.bin);
    symlinkSync(process.execPath, join(this.bin, "node"));
  }

  get env(): NodeJS.ProcessEnv {
    return { HOME: join(this.root, "home"), PATH: this.bin, npm_execpath: this.#npm };
  }

  get project(): Project {
    return { root: this.root, env: this.env, signal: this.#stop.signal };
  }

  stop(): void {
    this.#stop.abort();
  }

  file(path: string, text: string): string {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  json(path: string, value: unknown): string {
    return this.file(path, JSON.stringify(value));
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), "utf8");
  }

  executable(path: string, text: string): string {
    const file = this.file(path, text);
    chmodSync(file, 0o755);
    return file;
  }

  /** An npm that notes how it was called and then does this, in JavaScript; see `installed`. */
  npm(script: string): void {
    this.file("npm/package.json", '{ "type": "commonjs" }');
    this.file(
      "npm/npm-cli.js",
      `const fs = require("node:fs");
const args = process.argv.slice(2).join(" ");
fs.appendFileSync(${JSON.stringify(join(this.root, "npm.log"))}, args + "\\n");
${script}`,
    );
  }

  /** What an npm does that succeeds. */
  get installed(): string {
    return `
const lock = JSON.parse(fs.readFileSync("package-lock.json", "utf8"));
delete lock.packages["node_modules/other-system"];
fs.mkdirSync("node_modules/node/bin", { recursive: true });
fs.symlinkSync(${JSON.stringify(process.execPath)}, "node_modules/node/bin/node");
fs.writeFileSync("node_modules/.package-lock.json", JSON.stringify(lock));`;
  }

  /** A Go of this version that notes what it builds and writes it, or what `build` does instead, in shell. */
  go(version: string, build = `echo "#!/bin/sh" > "$out"; /bin/chmod +x "$out"`): void {
    this.executable(
      "path/go",
      `#!/bin/sh
case "$1" in
  version) echo "go version go${version} linux/amd64"; exit 0;;
  env) echo "${join(this.root, "modules")}"; echo "${join(this.root, "compiled")}"; exit 0;;
esac
while [ "$1" != -o ]; do shift; done
out="$2"
echo "$3" >> "${join(this.root, "go.log")}"
/bin/mkdir -p "\${out%/*}"
${build}
`,
    );
  }

  /** Copies the set-up itself into the project, for tests that run it as a process. */
  withSetup(): string {
    cpSync(import.meta.dirname, join(this.root, "setup"), {
      recursive: true,
      filter: (file) => !file.endsWith(".ts"),
    });
    this.file("provider/sdk/build.js", `export const sdkIsBuilt = () => true;\n`);
    return join(this.root, "setup", "run.mjs");
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** What a step tells while it runs. */
export function listen(): { told: string[]; update: (text: string) => void } {
  const told: string[] = [];
  return { told, update: (text) => void told.push(text) };
}
