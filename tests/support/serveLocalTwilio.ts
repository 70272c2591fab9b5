/** A local Twilio as a process of its own: `node serveLocalTwilio.ts <file> [port]` prints its address when it listens. */
import { startEmulator } from "../../emulator/index.ts";

const [file = ":memory:", port = "0"] = process.argv.slice(2);
const { url } = await startEmulator({ file, port: Number(port), seed: "empty" });
console.log(url);
