/** Why the SID of the service is no output of what is in a service. */
export const sameService = { chat_service_sid: "is the input serviceSid" } as const;
