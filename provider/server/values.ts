import structPb from "google-protobuf/google/protobuf/struct_pb.js";

import { decodeWire, encodeWire } from "./wire.ts";
import type { Decoded } from "./wire.ts";

export { remainingSecrets, secretTexts } from "./wire.ts";
export type { Decoded } from "./wire.ts";

/** Unwraps properties of a message. */
export function decode(struct: structPb.Struct | undefined): Decoded {
  return decodeWire(struct?.toJavaScript() ?? {});
}

/** Wraps properties for a message. */
export function encode(decoded: Decoded): structPb.Struct {
  return structPb.Struct.fromJavaScript(encodeWire(decoded));
}
