const told =
  /^Detected that (\S+) exited prematurely\.[^]*?STDOUT and STDERR streams of the plugin:\s*([^]*)$/;

/**
 * What Pulumi says when a provider ends in the middle of its work, told as what it is. Pulumi takes it for a bug always;
 * but one that says nothing before it ends was ended from outside.
 *
 * @returns the message as it was where it is about something else
 */
export function endedPlugin(message: string): string {
  const [, program = "", said = ""] = told.exec(message) ?? [];
  if (program === "") return message;
  const name = /pulumi-resource-([\w-]+)(\.exe)?$/.exec(program)?.[1];
  const subject = name === undefined ? program : `The ${name} provider`;
  if (said.trim() === "") {
    return (
      `${subject} was killed before it was done: somebody ended the process, or the machine ran out of memory.\n` +
      "Fix: run it again; it goes on from what is recorded, and finds what was made in the meantime."
    );
  }
  return (
    `${subject} ended before it was done. The last that it said:\n${said.trim()}\n` +
    "Fix: run it again, which goes on from what is recorded; where it ends there again, report this as a fault of the provider."
  );
}

/** Whether a message only says that the connection to a provider broke: that it ended is told beside it. */
export function isLostPlugin(message: string): boolean {
  return /^(Preview failed: )?(rpc error: code = Unavailable desc = )?(error reading from server: |connection error: desc = "transport: |the client connection is closing|transport is closing)/.test(
    message,
  );
}
