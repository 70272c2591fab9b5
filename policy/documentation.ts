import type { Rule } from "./rule.ts";

const introduction = `# Policy rules

A change is held against these rules before it is made: by \`npm run preview\` and \`npm run up\` on their own, and by
Pulumi itself with \`--policy-pack policy\`. A mandatory rule refuses the change (\`flex-stack\` then ends with exit code 5, plain
Pulumi with 1, as with any failure), an advisory one only says so. What nobody knows before the update is not judged. \`--no-policy\` leaves the rules out.

A stack gives a rule another level in its configuration, and Pulumi's \`--policy-pack-config\` in a file:

\`\`\`yaml
flex-messaging:policy: { workflow-has-default: mandatory, references-are-declared: disabled }
\`\`\`

Mandatory is what is always an error: held against workflows after the designs that Twilio publishes and that are deployed,
no mandatory rule refuses one. What may be meant is advisory. Where a resource breaks a rule on purpose, name it:

\`\`\`yaml
flex-messaging:policy:
  targeted-routing-alone: { meant: [flex-workflow-outbound] }
  messages-outlast-one-worker: { level: mandatory, meant: [flex-workflow-reminders] }
\`\`\`

It is then told as advisory, with its name, under the rule's id with \`-meant\` behind it. So is a name that breaks the
rule nowhere, until it is taken out.

Rules of the scope "stack" judge what the program declares, not what the same plan takes out of the stack. They need the
plan of all resources, so \`up\` previews first: an update with \`--skip-preview\` has been made when they speak. Where other
stacks of the backend may record things in the same account, it previews all the same, unless there is \`--yes\`.

## What no rule sees

Rules judge what a program can declare. Conversations of API v2 are another product, which \`@pulumi/twilio\` has nothing of:
whether one of its configurations is bridged to Flex's service, and so takes messages of customers that are Flex's, has to be
looked up in Twilio's console; \`diagnose\` does not see it either. Nor is it judged what a Messaging service does with the messages
of the numbers in its pool: that it opens conversations ("Autocreate a Conversation") no API tells.

What was set otherwise behind the program's back is no plan. \`flex-stack diagnose --health\` looks for it in the account: an
Address that leads nowhere, a second handler, a webhook that may refuse conversations, no closed timer, and conversations that
hold a customer's pair of numbers though nobody hears of them. \`flex-stack diagnose --message SM…\` says which of these kept
one message from an agent.

## What a change takes away

A policy pack sees what will be, and not what will be gone. So \`flex-stack\` looks at the planned steps itself, in
\`preview\`, \`up\` and \`destroy\`, before anything is done, and reports as \`message-path-kept\`, with exit code 5: where
\`flex-messaging:protect\` is true, no number, chat or Proxy service, role or workspace is deleted, replaced or dropped from
the stack, and nowhere anything that the state protects. The agent role is not replaced on any stack. What is to go all
the same is named in the same change, and is then reviewed with it:

\`\`\`yaml
flex-messaging:allowedDeletions: [flex-number-shop-number]
\`\`\`

A number or service that only gets another name, because its key in the configuration is another, is not taken away: it may
go on under the new name without being named here, as long as it is protected there.

A name is what previews show, or a URN. \`up\` takes the protection of just these out of the state, and only when the
change is made. A name that a change does not need is told as advisory, until it is taken out. \`--no-policy\` does not
switch this off, and plain \`pulumi\` refuses to delete what is protected whatever is named.
`;

/** docs/policies.md, from the rules. */
export function policiesText(rules: readonly Rule[]): string {
  const sections = rules.map(
    ({ id, level, severity, scope, description, why, fix }) =>
      `## ${id}\n\n${description}\n\n` +
      `- Level: ${level}. Severity: ${severity}. Scope: ${scope}.\n- Why: ${why}\n- Fix: ${fix}\n`,
  );
  return [introduction, ...sections].join("\n");
}
