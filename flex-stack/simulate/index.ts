export { type Customer, texter, visitor } from "./customer.ts";
export { FlexUi } from "./flex-ui.ts";
export type { JourneyEntry } from "./journey.ts";
export type { ChatOptions, SimulateOptions, TextOptions } from "./options.ts";
export { type Simulation, simulate } from "./simulation.ts";
export { TwilioHttp, TwilioRefusal } from "./twilio-http.ts";
