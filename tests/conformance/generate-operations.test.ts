import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { allDocuments } from "./allDocuments.ts";
import {
  beyondFile,
  documentedOperations,
  operationsBeyond,
  operationsFile,
  operationsText,
} from "./generate-operations.ts";

test("emulator's lists are what Twilio documents; run `npm run operations` when they are not", () => {
  expect(readFileSync(operationsFile, "utf8")).toBe(operationsText(documentedOperations()));
  expect(readFileSync(beyondFile, "utf8")).toBe(operationsText(operationsBeyond()));
});

test("a text holds every operation", () => {
  expect(JSON.parse(operationsText(documentedOperations()))).toEqual(documentedOperations());
  expect(documentedOperations()["proxy.twilio.com"]?.["/v1/Services"]).toEqual({
    GET: "ListService",
    POST: "CreateService",
  });
  expect(operationsBeyond()["chat.twilio.com"]).toMatchObject({
    "/v1/Services": { GET: "ListService", POST: "CreateService" },
    "/v3/Services/{ServiceSid}/Channels/{Sid}": { POST: "UpdateChannel" },
  });
});

test("no operation of any document is in neither list, or under another name", () => {
  const lists = [documentedOperations(), operationsBeyond()];
  const all = [...allDocuments().values()].flat();
  expect(all.length).toBeGreaterThan(1600);
  const missing = all.filter(
    ({ host, path, method, operationId }) =>
      !lists.some((list) => list[host]?.[path]?.[method] === operationId),
  );
  expect(missing).toEqual([]);
});
