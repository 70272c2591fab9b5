/** Keeps the provider from writing, whatever it is asked for: for runs that are to find out what is there. */
export const readOnly: Readonly<Record<string, string>> = { TWILIO_PROVIDER_READ_ONLY: "true" };
