import type { Rule } from "./rule.ts";

const introduction = `# Policy rules

A change is held against these rules before it is made: by \`npm run preview\` and \`npm run up\` on their own, and by
Pulumi itself with \`--policy-pack policy\`. A mandatory rule refuses the change (\`flex-stack\` then ends with exit code 5),
an advisory one only says so. What nobody knows before the update is not judged. \`--no-policy\` leaves the rules out.

A stack gives a rule another level in its configuration, and Pulumi's \`--policy-pack-config\` in a file:

\`\`\`yaml
flex-messaging:policy: { workflow-has-default: mandatory, references-are-declared: disabled }
\`\`\`

Rules of the scope "stack" need the plan of all resources. An update that is not previewed (\`--skip-preview\`, or \`up\` on
the local Twilio) has been made when they speak.
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
