export { passOn } from "./pass-on.ts";
export { SerialRuns } from "./serial-runs.ts";
export { tail, type News } from "./tail.ts";
export { watchFiles } from "./watch-files.ts";
