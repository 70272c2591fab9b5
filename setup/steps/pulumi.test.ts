import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { listen, TempProject } from "../temp-project.ts";
import { pulumi } from "./pulumi.mjs";

const unreachable = async (): Promise<boolean> => false;
const reachable = async (): Promise<boolean> => true;

let temp: TempProject;
beforeEach(() => {
  temp = new TempProject();
  mkdirSync(dirname(temp.pulumiHome), { recursive: true });
});
afterEach(() => temp.remove());

/** What lies where Pulumi's versions are, without the lock. */
const versions = (): string[] =>
  readdirSync(dirname(temp.pulumiHome), { recursive: true }).map(String).sort();
const whole = ["1.2.3", "1.2.3/bin", "1.2.3/bin/pulumi", "1.2.3/bin/pulumi-language-nodejs"];
const built = [...whole, "1.2.3/bin/pulumi-language-nodejs.built-from"];
const ofProject = (program: string) => relative(temp.root, join(temp.pulumiHome, "bin", program));

describe("Pulumi that can't be downloaded", () => {
  const step = () => pulumi(temp.project, { reachable: unreachable });

  test("is built with Go, the program that is looked for last", async () => {
    temp.go("1.25.11");
    const { told, update } = listen();
    expect(step().isDone()).toBe(false);
    expect(await step().run({ update })).toBe("built with Go");
    expect(step().isDone()).toBe(true);
    expect(versions()).toEqual(built);
    expect(temp.read("go.log")).toBe(
      "./pulumi-language-nodejs\ngithub.com/pulumi/pulumi/pkg/v3/cmd/pulumi\n",
    );
    expect(told).toEqual(["building it with Go"]);
  });

  test("is built again when the language host's sources are others", async () => {
    temp.go("1.25.11");
    await step().run({ update: () => undefined });
    writeFileSync(join(temp.root, "toolchain/host.go"), "package main\n");
    expect(step().isDone()).toBe(false);
    await step().run({ update: () => undefined });
    expect(step().isDone()).toBe(true);
    writeFileSync(join(temp.root, "toolchain/host_test.go"), "package main\n");
    expect(step().isDone()).toBe(true);
  });

  test("tells how far Go is", async () => {
    temp.go(
      "1.26.0",
      `echo "go: downloading a v1" >&2; echo "go: downloading b v2" >&2; echo crypto >&2; echo "#!/bin/sh" > "$out"; /bin/chmod +x "$out"`,
    );
    const { told, update } = listen();
    await step().run({ update });
    expect(told.slice(1, 4)).toEqual([
      "fetching Go modules for pulumi-language-nodejs: 1",
      "fetching Go modules for pulumi-language-nodejs: 2",
      "building pulumi-language-nodejs with Go: 1 packages",
    ]);
  });

  test.each([
    ["no Go is there", () => undefined, /There is no Go on PATH\.$/],
    [
      "Go is too old",
      () => temp.go("1.22.4"),
      /path\/go is Go 1\.22\.4, and Go 1\.25\.11 or newer is needed\.$/,
    ],
    [
      "Go is too old and can't fetch another",
      () =>
        temp.executable(
          "path/go",
          `#!/bin/sh
if [ -e go.mod ]; then echo "go: download go1.25.11: toolchain not available" >&2; exit 1; fi
echo "go version go1.22.4 linux/amd64"`,
        ),
      /is Go 1\.22\.4, .*\nIt can't fetch a newer one: go: download go1\.25\.11: toolchain not available$/,
    ],
    [
      "Go is something else",
      () => temp.executable("path/go", "#!/bin/sh\necho a board game"),
      /path\/go does not tell its version: a board game$/,
    ],
  ])("fails when %s, and says both ways out", async (_, prepare, why) => {
    prepare();
    await expect(step().run(listen())).rejects.toMatchObject({
      what: "Pulumi 1.2.3 can't be installed.",
      why: expect.stringMatching(why),
      fix: expect.stringMatching(/^Allow access to get\.pulumi\.com, or install Go 1\.25\.11 or newer/),
    });
    expect(versions()).toEqual([]);
  });

  test.each([
    ["go: x: dial tcp: lookup proxy: no such host", /^Check that Go modules can be fetched/],
    ["write /x: no space left on device", /^Free some space on the disk/],
    ["syntax error", /^Run go build there to see all/],
  ])("fails with Go's %j, and leaves nothing", async (output, fix) => {
    temp.go("1.25.11", `echo "go: downloading a v1" >&2; echo half > "$out"; echo "${output}" >&2; exit 1`);
    await expect(step().run(listen())).rejects.toMatchObject({
      what: "pulumi-language-nodejs can't be built from toolchain/.",
      why: output,
      fix: expect.stringMatching(fix),
    });
    expect(versions()).toEqual([]);
  });

  test("is never taken for there while it is half done", async () => {
    const build = `case "$out" in *nodejs) echo "#!/bin/sh" > "$out"; /bin/chmod +x "$out";; *) echo half > "$out"; exit 1;; esac`;
    temp.go("1.25.11", build);
    await expect(step().run(listen())).rejects.toMatchObject({
      what: "pulumi can't be built from toolchain/.",
    });
    expect(versions()).toEqual([]);
    expect(step().isDone()).toBe(false);
  });

  test.each([["pulumi"], ["pulumi-language-nodejs"]])("is not there with %s alone", (program) => {
    temp.executable(ofProject(program), "#!/bin/sh\n");
    expect(step().isDone()).toBe(false);
  });

  test("is not there when a program is empty", () => {
    temp.executable(ofProject("pulumi-language-nodejs"), "#!/bin/sh\n");
    temp.executable(ofProject("pulumi"), "");
    expect(step().isDone()).toBe(false);
  });

  test("replaces what a killed set-up left", async () => {
    temp.go("1.25.11");
    temp.file(`${relative(temp.root, temp.pulumiHome)}.making-abc/bin/pulumi`, "half");
    await step().run(listen());
    expect(versions()).toEqual(built);
  });

  test("stops building when it is told to, and leaves nothing", async () => {
    temp.go("1.25.11", `echo building >&2; exec /bin/sleep 600`);
    const update = (text: string): void => {
      if (text.startsWith("building pulumi-language-nodejs")) temp.stop();
    };
    await expect(step().run({ update })).rejects.toThrow("can't be built");
    expect(versions()).toEqual([]);
  });
});

describe("Pulumi that can be downloaded", () => {
  /** Stands in for the npm package "pulumi". */
  const downloads = (script: string): void => {
    temp.file(
      "node_modules/pulumi/run.js",
      `const fs = require("node:fs"); const bin = process.env.PULUMI_HOME + "/versions/" + process.env.PULUMI_VERSION + "/bin";
fs.mkdirSync(bin, { recursive: true });
const put = (name) => fs.writeFileSync(bin + "/" + name, "#!/bin/sh\\n", { mode: 0o755 });
${script}`,
    );
  };
  const step = (packages: Promise<unknown> = Promise.resolve()) =>
    pulumi(temp.project, { reachable, packages });

  test("is, once the npm packages are there", async () => {
    downloads(`put("pulumi"); put("pulumi-language-nodejs"); put("pulumi-language-python");`);
    const packages = Promise.withResolvers<void>();
    const { told, update } = listen();
    const running = step(packages.promise).run({ update });
    await Promise.resolve();
    expect(existsSync(temp.pulumiHome)).toBe(false);
    packages.resolve();
    expect(await running).toBe("downloaded");
    expect(versions()).toEqual(whole);
    expect(told).toEqual(["waiting for the npm packages", "downloading it"]);
  });

  test.each([
    [
      "fails",
      `console.error("pulumi: HTTP 503"); process.exit(1);`,
      "Its download failed: pulumi: HTTP 503 It",
    ],
    ["is cut off", `put("pulumi");`, "Its download failed: it ended with 0 It"],
  ])("is built when the download %s, or else says so", async (_, script, why) => {
    downloads(script);
    await expect(step().run(listen())).rejects.toMatchObject({ why: expect.stringContaining(why) });
    expect(versions()).toEqual([]);
    temp.go("1.25.11");
    expect(await step().run(listen())).toBe("built with Go");
  });

  test("is not when the npm packages can't be installed", async () => {
    await expect(step(Promise.reject(new Error("no npm"))).run(listen())).rejects.toThrow("no npm");
    expect(versions()).toEqual([]);
  });
});

test("Pulumi is looked for in PULUMI_HOME", () => {
  const project = { ...temp.project, env: { PULUMI_HOME: join(temp.root, "mine") } };
  for (const program of ["pulumi", "pulumi-language-nodejs"]) {
    temp.executable(`mine/versions/1.2.3/bin/${program}`, "#!/bin/sh\n");
  }
  expect(pulumi(project).isDone()).toBe(true);
  expect(pulumi(temp.project).isDone()).toBe(false);
});
