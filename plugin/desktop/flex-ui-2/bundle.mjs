// Makes the bundle of Flex UI 2 that browsers load, from the packages beside this file: `node bundle.mjs <file>`.
import { build } from "esbuild";
import { fileURLToPath } from "node:url";

const [outfile] = process.argv.slice(2);
if (outfile === undefined) {
  process.stderr.write("Name the file that the bundle goes to.\n");
  process.exit(2);
}
const here = fileURLToPath(new URL(".", import.meta.url));
await build({
  absWorkingDir: here,
  entryPoints: ["entry.js"],
  inject: ["node-globals.js"],
  outfile,
  bundle: true,
  minify: true,
  format: "iife",
  platform: "browser",
  target: "es2020",
  logLevel: "error",
  define: { global: "window", "process.env.NODE_ENV": '"production"', "process.env": "{}" },
  alias: { util: "util/", buffer: "buffer/", path: "path-browserify", stream: "stream-browserify" },
});
