import { expect, test } from "@jest/globals";
import { readFrame, writeFrame } from "./frame.ts";

test("a frame is what Twilio's twilsock packages write, counted in bytes", () => {
  const frame = writeFrame({ method: "reply", id: "TM1" }, { name: "Zoë" });
  expect(frame.toString()).toBe(
    'TWILSOCK V3.0 81\r\n{"method":"reply","id":"TM1","payload_type":"application/json","payload_size":15}\r\n{"name":"Zoë"}',
  );
  expect(readFrame(frame)).toEqual({
    header: { method: "reply", id: "TM1", payload_type: "application/json", payload_size: 15 },
    payload: '{"name":"Zoë"}',
  });
});

test("a frame without payload", () => {
  expect(writeFrame({ method: "close", id: "TM2" }).toString()).toBe(
    'TWILSOCK V3.0 46\r\n{"method":"close","id":"TM2","payload_size":0}\r\n',
  );
});

test.each([
  ["", "nothing"],
  ["GET / HTTP/1.1\r\n\r\n", "another protocol"],
  ["TWILSOCK V2.0 2\r\n{}\r\n", "another version"],
  ["TWILSOCK V3.0 5\r\n{}\r\n", "a size that is wrong"],
  ["TWILSOCK V3.0 2\r\n{}\r\n", "no method"],
  ["TWILSOCK V3.0 x\r\n{}\r\n", "no size"],
])("%j is no frame: %s", (text) => {
  expect(readFrame(Buffer.from(text))).toBeUndefined();
});
