/** Whether a message is that of a ConfigError, as Pulumi passes it on. Apart from that, for whoever only reads messages. */
export function isConfigError(message: string): boolean {
  return /^\d+ problems? in the configuration of stack /.test(message);
}
