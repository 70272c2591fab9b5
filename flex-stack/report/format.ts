export const formats = ["text", "markdown", "json", "html"] as const;

/** How a report is written. */
export type Format = (typeof formats)[number];
