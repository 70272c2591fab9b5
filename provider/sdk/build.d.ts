/** Compiles the SDK and returns whether there was something to do. */
export function buildSdk(): boolean;
