import { expect, test } from "@jest/globals";
import { withoutSecrets } from "./journal.ts";

test.each([
  ["Message received on +14155550142", "Message received on +14155550142"],
  ["Message handed to https://a.example.com/sms", "Message handed to https://a.example.com/sms"],
  [
    "Message handed to https://a.example.com/sms?token=hunter2&v=1",
    "Message handed to https://a.example.com/sms?token=…&v=…",
  ],
  ["https://a.example.com/?hunter2 took the message", "https://a.example.com/?… took the message"],
  [
    "Webhook https://ann:hunter2@a.example.com/x failed: it answered 500",
    "Webhook https://…@a.example.com/x failed: it answered 500",
  ],
  [
    "Message handed to https://hooks.zapier.com/hooks/catch/1/hunter2/",
    "Message handed to https://hooks.zapier.com/hooks/catch/[secret]",
  ],
  ['"https://a.example.com?k=v" is no URL to call', '"https://a.example.com?k=…" is no URL to call'],
])("%s is noted as %s", (text, noted) => {
  expect(withoutSecrets(text)).toBe(noted);
});
