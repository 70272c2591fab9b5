import grpc from "@grpc/grpc-js";
import engineGrpc from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import enginePb from "@pulumi/pulumi/proto/engine_pb.js";

import type { Severity } from "../engine/severity.ts";

const severities = {
  debug: enginePb.LogSeverity.DEBUG,
  info: enginePb.LogSeverity.INFO,
  warning: enginePb.LogSeverity.WARNING,
  error: enginePb.LogSeverity.ERROR,
} as const satisfies { [severity in Severity]: enginePb.LogSeverity };

/** Shows messages through the Pulumi engine that started the provider, beside the resource they are about. */
export class EngineLog {
  #client: InstanceType<typeof engineGrpc.EngineClient> | undefined;

  /** Gives the address of the engine, as soon as it is known. */
  connect(address: string): void {
    this.#client ??= new engineGrpc.EngineClient(address, grpc.credentials.createInsecure());
  }

  log(severity: Severity, message: string, urn?: string): void {
    const request = new enginePb.LogRequest();
    request.setSeverity(severities[severity]);
    request.setMessage(message);
    if (urn !== undefined) request.setUrn(urn);
    // A message that does not arrive is no reason to fail.
    this.#client?.log(request, () => undefined);
  }

  close(): void {
    this.#client?.close();
  }
}
