// What its packages take for granted of Node.js.
import { Buffer } from "buffer/";
import process from "process/browser";

export { Buffer, process };
