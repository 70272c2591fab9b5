import { readFileSync } from "node:fs";
import { gunzipSync, zstdDecompressSync } from "node:zlib";

/**
 * The JSON of a state, or of a copy of one. Pulumi writes it packed where PULUMI_SELF_MANAGED_STATE_GZIP or …_ZSTD say so,
 * and goes by what the file begins with, not by its name.
 */
export function readStateText(file: string): string {
  const content = readFileSync(file);
  if (content.length > 1 && content.readUInt16BE(0) === 0x1f8b) return gunzipSync(content).toString("utf8");
  if (content.length > 3 && content.readUInt32BE(0) === 0x28b52ffd)
    return zstdDecompressSync(content).toString("utf8");
  return content.toString("utf8");
}

/** Whether an error says that what was packed can't be unpacked. */
export function isBadPack(error: unknown): boolean {
  const { code = "" } = error as NodeJS.ErrnoException;
  return /^(Z_|ZSTD_|ERR_ZSTD|ERR_BUFFER_TOO_LARGE)/.test(code);
}
