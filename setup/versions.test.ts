import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { readJson, ROOT } from "./project.mjs";

interface PackageJson {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}
const { dependencies, devDependencies } = readJson(join(ROOT, "package.json")) as PackageJson;

describe("package.json", () => {
  test("pins one version of Pulumi", () => {
    expect(dependencies["pulumi"]).toMatch(/^\d+\.\d+\.\d+$/);
    expect(dependencies["@pulumi/pulumi"]).toBe(dependencies["pulumi"]);
  });

  test("pins Node.js 24, and its types", () => {
    expect(dependencies["node"]).toMatch(/^24\.\d+\.\d+$/);
    expect(devDependencies["@types/node"]).toMatch(/^24\./);
  });

  test("pins each package to one version", () => {
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^(\d+\.\d+\.\d+|file:sdks\/.+)$/.test(version),
    );
    expect(loose).toEqual([]);
  });
});

test.each([["pkg"], ["sdk"]])("toolchain/go.mod builds the same Pulumi: %s", (module) => {
  const goMod = readFileSync(join(ROOT, "toolchain", "go.mod"), "utf8");
  const version = new RegExp(`^\\tgithub\\.com/pulumi/pulumi/${module}/v3 v(\\S+)$`, "m").exec(goMod)?.[1];
  expect(version).toBe(dependencies["pulumi"]);
});
