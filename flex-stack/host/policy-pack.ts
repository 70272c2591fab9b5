import { createRequire } from "node:module";
import { join } from "node:path";
import grpc from "@grpc/grpc-js";
import type analyzerGrpc from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import type analyzerPb from "@pulumi/pulumi/proto/analyzer_pb.js";
import engineGrpc from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import enginePb from "@pulumi/pulumi/proto/engine_pb.js";
import { configurationVariables } from "./configuration-variables.ts";

type Handler = (call: { request: unknown }, callback: grpc.sendUnaryData<unknown>) => void;
type Handlers = Record<string, Handler>;

/**
 * Serves a policy pack, as `@pulumi/pulumi/cmd/run-policy-pack` does: it is a package whose main file makes a
 * `PolicyPack`. Rules may read the configuration while they are made, so the pack is loaded when the engine has told
 * that, which it does first.
 *
 * @param folder The pack's.
 * @param engine Where the engine hears that it could not be loaded, and why.
 * @returns the port
 */
export async function servePolicyPack(folder: string, engine: string): Promise<number> {
  const require = createRequire(join(folder, "package.json"));
  const { AnalyzerService } = require("@pulumi/pulumi/proto/analyzer_grpc_pb.js") as typeof analyzerGrpc;
  let handlers: Handlers | undefined;
  const load = (): Handlers => (handlers ??= handlersOf(folder));
  const implementation = Object.keys(AnalyzerService).map((name): [string, Handler] => [
    name,
    (call, callback) => {
      try {
        if (name === "configureStack" && handlers === undefined)
          Object.assign(process.env, variablesOf(call.request as analyzerPb.AnalyzerStackConfigureRequest));
        if (name !== "handshake") return (load()[name] ?? unimplemented(name))(call, callback);
        unimplemented(name)(call, callback);
      } catch (error) {
        void tellEngine(engine, errorText(error, folder)).finally(() =>
          callback({
            code: grpc.status.UNKNOWN,
            details: `the policy pack in ${folder} could not be loaded`,
          }),
        );
      }
    },
  ]);
  const server = new grpc.Server({
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
  });
  server.addService(AnalyzerService, Object.fromEntries(implementation));
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(port),
    );
  });
}

/** Loads a pack, and takes what it would serve. */
function handlersOf(folder: string): Handlers {
  const require = createRequire(join(folder, "package.json"));
  const ofPolicy = createRequire(require.resolve("@pulumi/policy"));
  const { Server } = ofPolicy("@grpc/grpc-js") as typeof grpc;
  const { addService, bindAsync } = Server.prototype;
  const here = process.cwd();
  let found: Handlers | undefined;
  Server.prototype.addService = (_, implementation) => void (found = implementation as unknown as Handlers);
  Server.prototype.bindAsync = () => undefined;
  // It looks for its version there.
  process.chdir(folder);
  try {
    require(folder);
  } finally {
    process.chdir(here);
    Object.assign(Server.prototype, { addService, bindAsync });
  }
  if (found === undefined) throw new Error(`${folder} makes no PolicyPack.`);
  return found;
}

/** As Pulumi tells of a pack that fails. */
function errorText(error: unknown, folder: string): string {
  if (!(error instanceof Error)) return String(error);
  if ("__pulumiRunError" in error) return error.message;
  return `Running program '${folder}' failed with an unhandled exception:\n    ${error.stack ?? error.message}`;
}

function tellEngine(address: string, message: string): Promise<void> {
  const client = new engineGrpc.EngineClient(address, grpc.credentials.createInsecure());
  const request = new enginePb.LogRequest().setSeverity(enginePb.LogSeverity.ERROR).setMessage(message);
  return new Promise((resolve) =>
    client.log(request, () => {
      client.close();
      resolve();
    }),
  );
}

function variablesOf(request: analyzerPb.AnalyzerStackConfigureRequest): Record<string, string> {
  return {
    PULUMI_NODEJS_ORGANIZATION: request.getOrganization(),
    PULUMI_NODEJS_PROJECT: request.getProject(),
    PULUMI_NODEJS_STACK: request.getStack(),
    PULUMI_NODEJS_DRY_RUN: String(request.getDryRun()),
    ...configurationVariables(request.getConfigMap(), request.getConfigSecretKeysList()),
  };
}

function unimplemented(name: string): Handler {
  return (_, callback) =>
    callback({ code: grpc.status.UNIMPLEMENTED, details: `a policy pack does not answer ${name}` });
}
