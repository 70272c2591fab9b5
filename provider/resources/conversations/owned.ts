/** A setting that the program leaves out is none of its business: neither watched nor sent. */
export const owned = { live: true } as const;

/** One that Twilio has no way to clear: it can only become another. */
export const kept = { live: true, clear: false } as const;
