import { realpathSync } from "node:fs";
import type grpc from "@grpc/grpc-js";
import languagePb from "@pulumi/pulumi/proto/language_pb.js";
import { servePolicyPack } from "./policy-pack.ts";

type Call = grpc.ServerWritableStream<languagePb.RunPluginRequest, languagePb.RunPluginResponse>;

const ownProvider = realpathSync(new URL("../../provider", import.meta.url));

/**
 * Starts a plugin in this process; the engine reads the port that it listens on as it would read the first line of a
 * process.
 */
export function runPlugin(call: Call, engine: string): void {
  start(call.request, engine).then(
    (port) => call.write(new languagePb.RunPluginResponse().setStdout(Buffer.from(`${port}\n`))),
    (error: unknown) => {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      call.write(new languagePb.RunPluginResponse().setStderr(Buffer.from(`${text}\n`)));
      call.write(new languagePb.RunPluginResponse().setExitcode(1));
      call.end();
    },
  );
}

async function start(request: languagePb.RunPluginRequest, engine: string): Promise<number> {
  const folder = request.getInfo()?.getProgramDirectory() ?? "";
  if (request.getKind() === "analyzer") return servePolicyPack(folder, engine);
  if (realpathSync(folder) !== ownProvider)
    throw new Error(`${folder} is no plugin that runs in this process.`);
  const { serveProvider } = await import("../../provider/serve.ts");
  return serveProvider(engine);
}
