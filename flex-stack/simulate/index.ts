export { desktopAgent, type DesktopAgent } from "./desktop.ts";
export type { JourneyEntry } from "./journey.ts";
export type { ChatOptions, SimulateOptions, TextOptions } from "./options.ts";
export { simulateChat, simulateText } from "./run.ts";
export type { Simulation } from "./simulation.ts";
