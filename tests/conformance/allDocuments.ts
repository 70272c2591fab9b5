import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Where `@twilio/cli-core` keeps Twilio's OpenAPI documents. */
export const documentsFolder = join(
  dirname(createRequire(import.meta.url).resolve("@twilio/cli-core/package.json")),
  "src/services/twilio-api",
);

/** An operation as far as a name is concerned. */
export interface NamedOperation {
  /** E.g. `video.twilio.com`. */
  readonly host: string;
  /** `GET`, `POST`, `PUT`, `PATCH` or `DELETE`. */
  readonly method: string;
  /** E.g. `/v1/Rooms/{Sid}`. */
  readonly path: string;
  readonly operationId: string;
}

interface Document {
  servers: { url: string }[];
  paths: Record<string, Record<string, unknown> & { servers?: { url: string }[] }>;
}

const methods = ["get", "post", "put", "patch", "delete"];

/** Every operation of every document that there is, by the document's name (`video_v1`); a document may have none. */
export function allDocuments(): ReadonlyMap<string, readonly NamedOperation[]> {
  const names = readdirSync(documentsFolder).flatMap((file) => /^twilio_(.+)\.json$/.exec(file)?.[1] ?? []);
  return new Map(names.sort().map((name) => [name, operationsOf(name)]));
}

function operationsOf(name: string): NamedOperation[] {
  const document = JSON.parse(readFileSync(join(documentsFolder, `twilio_${name}.json`), "utf8")) as Document;
  return Object.entries(document.paths).flatMap(([path, item]) => {
    const { host } = new URL((item.servers ?? document.servers)[0]?.url ?? "");
    return methods.flatMap((method) => {
      const operation = item[method] as { operationId: string } | undefined;
      if (operation === undefined) return [];
      return [{ host, method: method.toUpperCase(), path, operationId: operation.operationId }];
    });
  });
}
