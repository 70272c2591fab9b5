/**
 * Writes docs/parity.md: which of Twilio's documented operations the local Twilio has.
 *
 *     npm run parity
 */
import { writeFileSync } from "node:fs";
import { startEmulator } from "../../emulator/index.ts";
import { parityText } from "./parity.ts";

export const parityFile = new URL("../../docs/parity.md", import.meta.url);

if (import.meta.main) {
  const emulator = await startEmulator({ file: ":memory:", port: 0, seed: "empty" });
  try {
    writeFileSync(parityFile, await parityText(emulator.operations));
  } finally {
    await emulator.close();
  }
}
