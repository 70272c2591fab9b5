// Bundles the page for browsers: node page/build.mjs FOLDER. The set-up runs it; the project's own Node.js is not needed.
import { copyFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const folder = fileURLToPath(new URL(".", import.meta.url));
const outdir = process.argv[2] ?? join(folder, "dist");

await build({
  entryPoints: { page: join(folder, "src", "main.ts") },
  outdir,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  legalComments: "eof",
  // What lit has for the development of elements is left out.
  conditions: ["production"],
  logLevel: "warning",
});
copyFileSync(join(folder, "src", "picture.svg"), join(outdir, "picture.svg"));
const size = ["page.js", "page.css"].reduce((sum, name) => sum + statSync(join(outdir, name)).size, 0);
process.stdout.write(`${size}\n`);
