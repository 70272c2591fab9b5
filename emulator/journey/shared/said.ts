import * as z from "zod";

/** What may be said in a message that comes in. */
export const said = {
  body: z.string().max(1600, "is longer than 1600 characters").default(""),
  /** Addresses of pictures and other files. */
  mediaUrls: z
    .array(z.url({ protocol: /^https?$/, error: "must be an address of the web" }))
    .max(10, "are more than 10 files")
    .default([]),
};
