import { PolicyPack } from "@pulumi/policy";
import { rulesOfStack } from "./levels.ts";
import { toMeantPolicy, toPolicy } from "./policy.ts";
import { rules } from "./rules/index.ts";
import { unpackOnce } from "./unpack-once.ts";

unpackOnce();

const { levels, meant } = rulesOfStack(rules);
const policies = rules.flatMap((rule) => {
  const names = meant[rule.id];
  if (names === undefined || levels[rule.id] === "disabled") return [toPolicy(rule)];
  return [toPolicy(rule, names), toMeantPolicy(rule, names)];
});

// Levels of the stack come first; those of `--policy-pack-config` then replace them.
new PolicyPack("flex-messaging", { policies }, levels);
