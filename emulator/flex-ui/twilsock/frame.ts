/** A message of Twilsock: a header in JSON, and what it carries. */
export interface Frame {
  readonly header: FrameHeader;
  readonly payload: string;
}

export interface FrameHeader {
  /** `init`, `update`, `message`, `telemetry.v1`, `put_notification_ctx` …; from here `reply` and `notification`. */
  readonly method: string;
  readonly id: string;
  readonly [name: string]: unknown;
}

/**
 * Reads `TWILSOCK V3.0 <n>\r\n<n bytes of JSON>\r\n<payload>`, as Twilio's twilsock packages write it.
 *
 * @returns undefined when it is none
 */
export function readFrame(data: Buffer): Frame | undefined {
  const end = data.indexOf("\r\n");
  const [, size] = /^TWILSOCK V3\.0 (\d+)$/.exec(data.subarray(0, Math.max(end, 0)).toString("latin1")) ?? [];
  if (size === undefined) return undefined;
  const begin = end + 2;
  const middle = begin + Number(size);
  try {
    const header = JSON.parse(data.subarray(begin, middle).toString()) as FrameHeader;
    if (typeof header.method !== "string" || typeof header.id !== "string") return undefined;
    return { header, payload: data.subarray(middle + 2).toString() };
  } catch {
    return undefined;
  }
}

export function writeFrame(header: FrameHeader, payload?: object): Buffer {
  const body = payload === undefined ? "" : JSON.stringify(payload);
  const described =
    payload === undefined
      ? { ...header, payload_size: 0 }
      : { ...header, payload_type: "application/json", payload_size: Buffer.byteLength(body) };
  const text = JSON.stringify(described);
  return Buffer.from(`TWILSOCK V3.0 ${Buffer.byteLength(text)}\r\n${text}\r\n${body}`);
}
