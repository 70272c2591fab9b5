/** Whether sdks/twilio/bin is what its sources and the compiler would give. */
export function sdkIsBuilt(): boolean;
/** Compiles the SDK and returns whether there was something to do. */
export function buildSdk(): boolean;
