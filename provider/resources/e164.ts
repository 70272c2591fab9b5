/** How phone numbers are written throughout Twilio: a plus and digits. */
export const e164 = {
  regexp: /^\+[1-9]\d{1,14}$/,
  hint: "a number in E.164 form, for example +14155550100",
} as const;
