import grpc from "@grpc/grpc-js";
import anyPb from "google-protobuf/google/protobuf/any_pb.js";
import providerPb from "@pulumi/pulumi/proto/provider_pb.js";
import statusPb from "@pulumi/pulumi/proto/status_pb.js";

import type { HalfMade } from "../engine/create.ts";
import { hide } from "./hide.ts";
import { encode } from "./values.ts";
import type { Decoded } from "./values.ts";

/** An error as Pulumi shows it: the message, without what must not show, and no stack. */
export function toServiceError(error: unknown, hidden: readonly string[]): Partial<grpc.StatusObject> {
  const message = hide(error instanceof Error ? error.message : String(error), hidden);
  return { code: grpc.status.UNKNOWN, details: message };
}

/**
 * The error that makes Pulumi keep a resource that was created but is not complete; its next update
 * completes it.
 */
export function toPartialError(
  error: HalfMade,
  inputs: Decoded,
  hidden: readonly string[],
): Partial<grpc.StatusObject> {
  const reason = hide(error.message, hidden);
  const detail = new providerPb.ErrorResourceInitFailed();
  detail.setId(error.created.id);
  detail.setProperties(encode({ properties: error.created.state, secrets: inputs.secrets }));
  detail.setInputs(encode(inputs));
  detail.setReasonsList([reason]);
  const packed = new anyPb.Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new statusPb.Status();
  status.setCode(grpc.status.UNKNOWN);
  status.setMessage(reason);
  status.addDetails(packed);
  const metadata = new grpc.Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return { code: grpc.status.UNKNOWN, details: reason, metadata };
}
