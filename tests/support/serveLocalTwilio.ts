/** A local Twilio as a process of its own: `node serveLocalTwilio.ts <file> [port] [flex]` prints its address when it listens. */
import { startEmulator } from "../../emulator/index.ts";

const [file = ":memory:", port = "0", seed = "empty"] = process.argv.slice(2);
const { url } = await startEmulator({ file, port: Number(port), seed: seed === "flex" ? "flex" : "empty" });
console.log(url);
