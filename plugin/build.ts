import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const folder = fileURLToPath(new URL(".", import.meta.url));

export interface Bundle {
  readonly file: string;
  /** Bytes. */
  readonly size: number;
}

/** Bundles the plugin into one script that Flex UI can load, with a source map beside it. */
export async function buildPlugin(outfile = `${folder}dist/plugin-flex-messaging.js`): Promise<Bundle> {
  const { name, version } = readPackage("package.json");
  const { metafile } = await build({
    entryPoints: [`${folder}src/index.ts`],
    outfile,
    bundle: true,
    minify: true,
    sourcemap: true,
    metafile: true,
    format: "iife",
    target: "es2019",
    absWorkingDir: folder,
    logLevel: "silent",
    // What @twilio/flex-plugin expects Twilio's own build to put in.
    define: defineTexts({
      __FPB_PLUGIN_UNIQUE_NAME: name,
      __FPB_PLUGIN_VERSION: version,
      __FPB_FLEX_PLUGIN_SCRIPTS_VERSION: "none",
      __FPB_FLEX_PLUGIN_VERSION: readPackage("node_modules/@twilio/flex-plugin/package.json").version,
      __FPB_FLEX_UI_VERSION: ">=1.9.0 <3",
      __FPB_REACT_VERSION: "none",
      __FPB_REACT_DOM_VERSION: "none",
    }),
  });
  const output = Object.entries(metafile.outputs).find(([file]) => file.endsWith(".js"));
  if (output === undefined) throw new Error("esbuild made no bundle.");
  return { file: outfile, size: output[1].bytes };
}

/** Bundles what tests need in a page with Flex UI. */
export async function bundleTestPage(outfile: string): Promise<void> {
  const entryPoints = [`${folder}testing/flex-page.ts`];
  await build({ entryPoints, outfile, bundle: true, format: "iife", target: "es2022", logLevel: "silent" });
}

function readPackage(file: string): { name: string; version: string } {
  return JSON.parse(readFileSync(folder + file, "utf8")) as { name: string; version: string };
}

const defineTexts = (texts: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, JSON.stringify(text)]));

if (import.meta.main) {
  const { file, size } = await buildPlugin();
  console.log(
    `${relative(process.cwd(), file)}: ${(size / 1000).toFixed(1)} kB, with its source map beside it`,
  );
}
