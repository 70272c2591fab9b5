/** Chat and Conversations have the same roles. */
const roles = [
  "service admin",
  "service user",
  "channel admin",
  "channel user",
  "guest",
  "agent",
  "supervisor",
  "admin",
];

/**
 * What Twilio makes by itself, by Pulumi type and name: it makes some of it with the workspace or service, some
 * later, and none of it is a drift. https://www.twilio.com/docs/taskrouter/api/workspace,
 * https://www.twilio.com/docs/taskrouter/api/task-channel, https://www.twilio.com/docs/chat/rest/role-resource,
 * https://www.twilio.com/docs/flex/developer/conversations/roles-and-permissions
 */
const made: Readonly<Record<string, readonly string[]>> = {
  "twilio:taskrouter:Activity": ["Offline", "Available", "Unavailable", "Break"],
  "twilio:taskrouter:TaskChannel": ["default", "voice", "chat", "sms", "video"],
  "twilio:taskrouter:TaskQueue": ["Everyone", "Sample Queue"],
  "twilio:taskrouter:Workflow": ["Assign to Anyone", "Default Fifo Workflow"],
  "twilio:chat:Role": roles,
  "twilio:conversations:Role": roles,
  "twilio:flex:FlexFlow": ["Flex Web Channel Flow"],
};

/** Whether Twilio makes a resource of this type and name by itself. */
export function isTwiliosOwn(type: string, name: string): boolean {
  return made[type]?.includes(name) === true;
}
