import { expect, test } from "@jest/globals";
import { setValueAt, snakeCase, valueAt } from "./json.ts";

test.each([
  ["FriendlyName", "friendly_name"],
  ["Limits.UserChannels", "limits.user_channels"],
  ["Notifications.NewMessage.BadgeCountEnabled", "notifications.new_message.badge_count_enabled"],
  ["SmsUrl", "sms_url"],
  ["AOrB", "a_or_b"],
  ["Sid", "sid"],
])("%s is %s", (name, expected) => expect(snakeCase(name)).toBe(expected));

test("sets and finds values by path", () => {
  const object: Record<string, unknown> = { limits: { channel_members: 100 } };
  setValueAt(object, "limits.user_channels", 250);
  setValueAt(object, "media.compatibility_message", "no");
  expect(object).toEqual({
    limits: { channel_members: 100, user_channels: 250 },
    media: { compatibility_message: "no" },
  });
  expect(valueAt(object, "limits.user_channels")).toBe(250);
  expect(valueAt(object, "limits.nothing.more")).toBeUndefined();
  expect(valueAt(object, "constructor")).toBeUndefined();
  expect(valueAt({ list: [{ sid: "x" }] }, "list.0.sid")).toBe("x");
});
