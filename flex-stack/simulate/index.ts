export { agentState, type AgentState } from "./agent.ts";
export { desktopAgent, type DesktopAgent } from "./desktop.ts";
export type { ToldEntry } from "./texts.ts";
export type { ChatOptions, SimulateOptions, TextOptions } from "./options.ts";
export { simulateChat, simulateText, talkInChat, talkInTexts } from "./run.ts";
export type { Heard, Talk } from "./talk.ts";
export type { Simulation } from "./simulation.ts";
