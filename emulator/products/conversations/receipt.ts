import { receipt } from "./kinds.ts";
import { inBothForms } from "./forms.ts";
import { messageView } from "./message.ts";

/** What became of a message, for each who got it as a text. */
export const receiptView = inBothForms(receipt, (base) => ({
  prefix: "DY",
  path: `${base}/Conversations/{ConversationSid}/Messages/{MessageSid}/Receipts`,
  parent: messageView.inService,
  listKey: "delivery_receipts",
  operations: ["fetch", "list"],
  maxPageSize: 50,
  unique: [
    { field: "channel_message_sid", within: "account", taken: () => new Error("A text has two receipts") },
  ],
}));

/** As it is stored; its routes are those of the two forms. */
export const receiptResource = { ...receiptView.inService, operations: [] };
