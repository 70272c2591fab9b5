import { describe, expect, test } from "@jest/globals";
import { centre, type Centre } from "../testing/centre.ts";
import { violationsOf } from "../testing/test-rule.ts";
import { violationText } from "../policy.ts";
import { rules } from "./index.ts";

// Whatever stands in a property, no rule quotes a credential: its message goes to logs and comments.

const secret = "S3cretS3cretS3cret";
const hostile: readonly unknown[] = [
  `https://user:${secret}@x.example/a`,
  `http://x.example/?token=${secret}`,
  `client:https://user:${secret}@x.example`,
  `AC${"1".repeat(32)}:${secret}`,
  `Bearer ${secret}`,
  `https://hooks.slack.com/services/T0/B0/${secret}`,
  `http://api.telegram.org/bot1:${secret}/sendMessage`,
  `https://${secret}12345@x.example/a`,
  { password: secret, deep: { apiKey: secret } },
  [{ token: secret }],
];

/** Every place of the properties, with those inside maps and lists. */
function placesOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, item]) => placesOf(item, [...path, key]))].filter(
    (place) => place.length > 0,
  );
}

function put(target: unknown, path: readonly string[], value: unknown): void {
  const last = path.at(-1)!;
  const parent = path.slice(0, -1).reduce<unknown>((at, key) => Reflect.get(at as object, key), target);
  Reflect.set(parent as object, last, value);
}

const places = Object.entries(centre()).flatMap(([name, { properties }]) =>
  placesOf(properties).map((path) => ({ name, path })),
);

describe.each(rules.map((rule) => [rule.id, rule] as const))("%s", (_, rule) => {
  test("quotes no credential", () => {
    const leaks: string[] = [];
    for (const { name, path } of places) {
      for (const value of hostile) {
        const spoiled: Centre = centre();
        put(spoiled[name]!.properties, path, value);
        let said: string[];
        try {
          said = violationsOf(rule, spoiled).map((text) => violationText("", "", text, rule.fix));
        } catch (error) {
          said = [String(error)];
        }
        // Of an expression the word is named that it can't have there.
        said = said.filter((text) => !/unexpected "\w+" at character/.test(text));
        leaks.push(
          ...said.filter((text) => text.includes(secret)).map((text) => `${name}.${path.join(".")}: ${text}`),
        );
      }
    }
    expect(leaks).toEqual([]);
  });
});
