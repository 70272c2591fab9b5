import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { readJson, ROOT } from "./project.mjs";

interface PackageJson {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}
const { dependencies, devDependencies } = readJson(join(ROOT, "package.json")) as PackageJson;
const plugin = readJson(join(ROOT, "plugin", "package.json")) as PackageJson;
const pinned: Record<string, string> = { ...plugin.devDependencies, ...dependencies, ...devDependencies };

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

describe("what stays behind, by the table in CONTRIBUTING.md", () => {
  const rows = readFileSync(join(ROOT, "CONTRIBUTING.md"), "utf8")
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) => line.split("|").map((cell) => cell.trim()));
  const listed = rows.flatMap(([, packages = "", versions = ""]) => {
    const names = [...packages.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
    const at = versions.split(/, | and /);
    return names.map((name, index) => [name, at[index] ?? at[0] ?? ""] as const);
  });

  test("is at the version that it names", () => {
    expect(listed.length).toBeGreaterThan(6);
    for (const [name, version] of listed)
      expect([name, pinned[name]?.replace(/^npm:.*@/, "")]).toEqual([name, version]);
  });

  test.each([
    ["@pulumi/pulumi", "dependencies", "google-protobuf"],
    ["@pulumi/pulumi", "dependencies", "js-yaml"],
    ["@pulumi/pulumi", "peerDependencies", "typescript"],
    ["typescript-eslint", "peerDependencies", "typescript"],
  ])("is held there by %s, whose %s take that range of %s", (holder, kind, held) => {
    const ranges = readJson(join(ROOT, "node_modules", holder, "package.json")) as Record<
      string,
      Record<string, string>
    >;
    const reason = rows.find(([, packages]) => packages === `\`${held}\``)?.[3];
    expect(reason).toContain(`\`${holder}\``);
    expect(reason).toContain(`\`${ranges[kind]?.[held]}\``);
  });
});
