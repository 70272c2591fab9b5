import { PolicyPack } from "@pulumi/policy";
import { levelsOfStack } from "./levels.ts";
import { toPolicy } from "./policy.ts";
import { rules } from "./rules/index.ts";
import { unpackOnce } from "./unpack-once.ts";

unpackOnce();

// Levels of the stack come first; those of `--policy-pack-config` then replace them.
new PolicyPack("flex-messaging", { policies: rules.map(toPolicy) }, levelsOfStack(rules));
