import { expect, test } from "@jest/globals";
import { planOptions } from "./plan-options.ts";

test.each([
  [[], []],
  [
    ["--policy-pack", "policy", "--config", "a=b"],
    ["--policy-pack", "policy", "--config", "a=b"],
  ],
  [
    ["--continue-on-error", "--exclude", "x"],
    ["--exclude", "x"],
  ],
  [["--remove"], []],
  [["--secrets-provider", "passphrase", "--diff"], ["--diff"]],
  [["--secrets-provider=passphrase", "--diff"], ["--diff"]],
  [["-y", "-f", "--debug"], ["--debug"]],
])("%j of an update are %j of its preview", (options, kept) => {
  expect(planOptions(options)).toEqual(kept);
});
