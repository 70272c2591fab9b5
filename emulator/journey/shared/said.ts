import * as z from "zod";
import { textLimits } from "../../products/api/kinds.ts";

const { body, media } = textLimits;

/** What may be said in a message that comes in. */
export const said = {
  body: z.string().max(body, `is longer than ${body} characters`).default(""),
  /** Addresses of pictures and other files. */
  mediaUrls: z
    .array(z.url({ protocol: /^https?$/, error: "must be an address of the web" }))
    .max(media, `are more than ${media} files`)
    .default([]),
};
