import type { Agent } from "../agents/agent.ts";
import type { Api } from "../agents/api.ts";
import { isoDate } from "../../kernel/date.ts";
import { TwilioError } from "../../kernel/errors.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { member, message } from "../../products/chat/kinds.ts";
import type { Connection } from "../twilsock/connection.ts";
import { unread } from "./chat.ts";

/** Does what Programmable Chat's client of an agent asks for: requests to Chat's API, which knows what the agent may. */
export class ChatCommands {
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  /** @returns what the answer has beside its status @throws TwilioError */
  follow({ agent, token }: Pick<Connection, "agent" | "token">, asked: JsonObject): JsonObject {
    const text = (name: string): string => (typeof asked[name] === "string" ? asked[name] : "");
    const inService = `/v2/Services/${agent.serviceSid}`;
    const inChannel = `${inService}/Channels/${text("channelSid")}`;
    const send = (method: "POST" | "DELETE", path: string, form: Record<string, string> = {}): JsonObject => {
      const request = { host: "chat.twilio.com", method, path, form, token };
      return (this.#api.send(agent.accountSid, request) ?? {}) as JsonObject;
    };
    const messagePath = (): string => {
      const found = this.#api.read(agent, (context) =>
        context
          .of(message)
          .all(text("channelSid"))
          .find(({ fields }) => fields.index === Number(asked["messageIdx"])),
      );
      return `${inChannel}/Messages/${found?.sid ?? "-"}`;
    };
    const whose = encodeURIComponent(text("memberSid") || text("username") || agent.identity);
    switch (asked["action"]) {
      case "sendMessage": {
        const form = { From: agent.identity, Body: text("text"), Attributes: text("attributes") || "{}" };
        return { messageId: send("POST", `${inChannel}/Messages`, form)["index"] ?? 0 };
      }
      case "editMessage":
        send("POST", messagePath(), { Body: text("text") });
        return {};
      case "editMessageAttributes":
        send("POST", messagePath(), { Attributes: text("attributes") });
        return {};
      case "deleteMessage":
        send("DELETE", messagePath());
        return {};
      case "joinChannelV2":
        send("POST", `${inChannel}/Members`, { Identity: agent.identity });
        return {};
      case "leaveChannel":
        send("DELETE", `${inChannel}/Members/${encodeURIComponent(agent.identity)}`);
        return {};
      case "addMemberV2":
        send("POST", `${inChannel}/Members`, { Identity: text("username") });
        return {};
      case "removeMember":
        send("DELETE", `${inChannel}/Members/${whose}`);
        return {};
      case "editMemberAttributes":
        send("POST", `${inChannel}/Members/${whose}`, { Attributes: text("attributes") });
        return {};
      case "editAttributes":
        send("POST", inChannel, { Attributes: text("attributes") });
        return {};
      case "editFriendlyName":
        send("POST", inChannel, { FriendlyName: text("friendlyName") });
        return {};
      case "editUniqueName":
        send("POST", inChannel, { UniqueName: text("uniqueName") });
        return {};
      case "editUserAttributes":
        send("POST", `${inService}/Users/${whose}`, { Attributes: text("attributes") });
        return {};
      case "editUserFriendlyName":
        send("POST", `${inService}/Users/${whose}`, { FriendlyName: text("friendlyName") });
        return {};
      case "consumptionReportV2":
        return { report: this.#read(agent, asked["report"]) };
      default:
        throw new TwilioError(501, 20501, `The local Twilio knows no chat command ${text("action")}`);
    }
  }

  /** Notes what an agent has read. */
  #read(agent: Agent, report: unknown): JsonObject[] {
    const entries = Array.isArray(report) ? report.filter(isJsonObject) : [];
    return this.#api.read(agent, (context) =>
      entries.map(({ channelSid, messageIdx }) => {
        const sid = typeof channelSid === "string" ? channelSid : "";
        const joined = context.of(member).find("identity", agent.identity, sid);
        const index = messageIdx === null || messageIdx === undefined ? null : Number(messageIdx);
        if (joined !== undefined) {
          const last_consumption_timestamp = isoDate(context.now);
          context.of(member).update(joined, {
            ...joined.fields,
            last_consumed_message_index: index,
            last_consumption_timestamp,
          });
        }
        return { channelSid: sid, unreadMessagesCount: unread(context, sid, index) };
      }),
    );
  }
}
