import { standIn } from "./stand-ins.ts";

/**
 * Lets Pulumi's SDK load what it hardly ever uses when it first does, in the process that imports this: npm's
 * `arborist` and TypeScript, for functions that are put into the state, the debugger for the same, the Automation API,
 * OpenTelemetry, and source maps. That is two thirds of what importing it takes, and half of the memory.
 *
 * `source-map-support` registers itself with the process: its stand-in looks for maps only where a stack has lines of a
 * compiled file.
 */
/** What starts a plugin or a policy pack; a program's own has no compiler where Node.js runs the program as it is. */
const starter = /@pulumi\/pulumi\/cmd\/run-(plugin|policy-pack)\/run\.js$/;

standIn([
  { of: /^@npmcli\/arborist$/, from: /@pulumi\/pulumi\/runtime\// },
  { of: /\/typescript-shim$/, from: /@pulumi\/pulumi\// },
  { of: /^\.\/(automation|provider)$/, from: /@pulumi\/pulumi\/index\.js$/ },
  { of: /^@grpc\/grpc-js$|_grpc_pb$/, from: /@pulumi\/pulumi\/(errors\.js$|runtime\/)/ },
  { of: /^(semver|@opentelemetry\/api)$/, from: /@pulumi\/pulumi\/runtime\// },
  { name: "code-paths", of: /\/codePaths$/, from: /@pulumi\/pulumi\/runtime\/index\.js$/ },
  { name: "debuggable", of: /\/debuggable$/, from: /@pulumi\/pulumi\// },
  { name: "log", of: /^(\.\.?\/)+log$/, from: /@pulumi\/pulumi\// },
  { name: "source-maps", of: /^source-map-support\/register$/, from: /@pulumi\/pulumi\/cmd\// },
  { name: "tracing", of: /^\.\/tracing$/, from: /@pulumi\/pulumi\/cmd\/run\/run\.js$/ },
  { name: "ts-node", of: /^ts-node$/, from: starter },
  { name: "tsutils", of: /\/tsutils$/, from: starter },
  { name: "typescript", of: /^typescript$/, from: starter },
  { name: "v8-hooks", of: /\/v8Hooks$/, from: /@pulumi\/pulumi\// },
]);

// What this process starts may be another Node.js, and is no program of Pulumi's.
const { NODE_OPTIONS: options } = process.env;
if (options !== undefined)
  process.env["NODE_OPTIONS"] = options.replace(`--import=${import.meta.url}`, "").trim();
