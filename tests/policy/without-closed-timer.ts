import * as pulumi from "@pulumi/pulumi";

// An account has one Configuration, so that of the project is spoiled: loaded before the project, nothing closes conversations.
pulumi.runtime.registerResourceTransform(({ type, props, opts }) =>
  type === "twilio:conversations:Configuration"
    ? { props: { ...props, defaultClosedTimer: undefined }, opts }
    : undefined,
);
