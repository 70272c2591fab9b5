import { standIn } from "./stand-ins.ts";

/**
 * Lets Pulumi's SDK load what it hardly ever uses when it first does, in the process that imports this: npm's
 * `arborist` and TypeScript, for functions that are put into the state, the debugger for the same, the Automation API,
 * OpenTelemetry, and source maps. That is two thirds of what importing it takes, and half of the memory.
 *
 * `source-map-support` registers itself with the process: its stand-in looks for maps only where a stack has lines of a
 * compiled file.
 */
standIn([
  { name: "arborist", of: /^@npmcli\/arborist$/, from: /@pulumi\/pulumi\/runtime\// },
  { name: "typescript", of: /\/typescript-shim$/, from: /@pulumi\/pulumi\// },
  { name: "code-paths", of: /\/codePaths$/, from: /@pulumi\/pulumi\/runtime\/index\.js$/ },
  { name: "tracing", of: /^\.\/tracing$/, from: /@pulumi\/pulumi\/cmd\/run\/run\.js$/ },
  { name: "automation", of: /^\.\/automation$/, from: /@pulumi\/pulumi\/index\.js$/ },
  { name: "debuggable", of: /\/debuggable$/, from: /@pulumi\/pulumi\// },
  { name: "log", of: /^(\.\.?\/)+log$/, from: /@pulumi\/pulumi\// },
  { name: "v8-hooks", of: /\/v8Hooks$/, from: /@pulumi\/pulumi\// },
  { name: "source-maps", of: /^source-map-support\/register$/, from: /@pulumi\/pulumi\/cmd\// },
]);

// What this process starts may be another Node.js, and is no program of Pulumi's.
const { NODE_OPTIONS: options } = process.env;
if (options !== undefined)
  process.env["NODE_OPTIONS"] = options.replace(`--import=${import.meta.url}`, "").trim();
