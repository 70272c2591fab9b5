/** The name of a stack without organization and project, as Pulumi names files after it. */
export function shortName(stack: string): string {
  return stack.split("/").at(-1) ?? stack;
}

/** The file that Pulumi keeps a stack's configuration in: `Pulumi.prod.yaml`. */
export function configFileName(stack: string): string {
  return `Pulumi.${shortName(stack)}.yaml`;
}
