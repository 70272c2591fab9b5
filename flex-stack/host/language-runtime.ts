import grpc from "@grpc/grpc-js";
import emptyPb from "google-protobuf/google/protobuf/empty_pb.js";
import languageGrpc from "@pulumi/pulumi/proto/language_grpc_pb.js";
import languagePb from "@pulumi/pulumi/proto/language_pb.js";
import pluginPb from "@pulumi/pulumi/proto/plugin_pb.js";
import { runPlugin } from "./plugin.ts";
import { runProgram } from "./program.ts";

/**
 * Pulumi's language host for Node.js, as far as a preview asks it: program, provider and policy pack run in this
 * process, where Pulumi's own starts one for each. The engine is told to take this one by PULUMI_DEBUG_LANGUAGES.
 *
 * @returns the port that it listens on, of loopback
 */
export async function serveLanguageRuntime(): Promise<number> {
  let engine = "";
  const server = new grpc.Server({
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
  });
  const supported: grpc.UntypedServiceImplementation = {
    handshake: unary((request: languagePb.LanguageHandshakeRequest) => {
      engine = request.getEngineAddress();
      return new languagePb.LanguageHandshakeResponse();
    }),
    getPluginInfo: unary(() => new pluginPb.PluginInfo()),
    // Those of Pulumi's registry: who has any is not previewed here (hostable.ts).
    getRequiredPackages: unary(() => new languagePb.GetRequiredPackagesResponse()),
    about: unary(() =>
      new languagePb.AboutResponse().setExecutable(process.execPath).setVersion(process.versions.node),
    ),
    // Whoever started this process ends it.
    cancel: unary(() => new emptyPb.Empty()),
    run: unary((request: languagePb.RunRequest) => runProgram(request, engine)),
    runPlugin: (call: grpc.ServerWritableStream<languagePb.RunPluginRequest, languagePb.RunPluginResponse>) =>
      runPlugin(call, engine),
  };
  const others = Object.keys(languageGrpc.LanguageRuntimeService).filter((name) => !(name in supported));
  server.addService(languageGrpc.LanguageRuntimeService, {
    ...supported,
    ...Object.fromEntries(others.map((name) => [name, unimplemented(name)])),
  });
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(port),
    );
  });
}

function unary<Request, Response>(
  handle: (request: Request) => Response | Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    void (async () => {
      try {
        callback(null, await handle(call.request));
      } catch (error) {
        const details = error instanceof Error ? error.message : String(error);
        callback({ code: grpc.status.UNKNOWN, details });
      }
    })();
  };
}

function unimplemented(name: string): grpc.handleUnaryCall<unknown, unknown> {
  return (_, callback) =>
    callback({ code: grpc.status.UNIMPLEMENTED, details: `a preview does not need ${name}` });
}
