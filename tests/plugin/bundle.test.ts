import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "@jest/globals";
import { buildPlugin } from "../../plugin/build.ts";

test("the bundle is one small script with a source map, as its README says, and nothing of Flex UI is in it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "bundle-"));
  try {
    const { file, size } = await buildPlugin(join(folder, "plugin.js"));
    const script = readFileSync(file);
    expect(size).toBe(script.length);
    const readme = readFileSync(new URL("../../plugin/README.md", import.meta.url), "utf8");
    const kilobytes = [size, gzipSync(script).length].map((bytes) => Math.round(bytes / 1000));
    expect(readme).toContain(
      `one script of ${kilobytes[0]} kB (${kilobytes[1]} kB compressed) with a source map`,
    );

    expect(script.toString()).toMatch(/\n\/\/# sourceMappingURL=plugin\.js\.map\n$/);
    const { sources } = JSON.parse(readFileSync(`${file}.map`, "utf8")) as { sources: string[] };
    const origins = sources.map((source) => /plugin\/(src|node_modules\/@twilio\/[^/]+)\//.exec(source)?.[1]);
    expect(new Set(origins)).toEqual(new Set(["src", "node_modules/@twilio/flex-plugin"]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
