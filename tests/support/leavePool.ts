import type twilio from "twilio";

type Service = ReturnType<ReturnType<typeof twilio>["proxy"]["v1"]["services"]>;

/** Takes a number out of a pool, which Proxy refuses while sessions use it: what is open is closed first. */
export async function leavePool(service: Service, numberSid: string): Promise<void> {
  for (const { sid, status } of await service.sessions.list())
    if (status === "open" || status === "in-progress")
      await service.sessions(sid).update({ status: "closed" });
  await service.phoneNumbers(numberSid).remove();
}
