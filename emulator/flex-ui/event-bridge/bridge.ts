import type { WebSocket } from "ws";
import type { Agent } from "../agents/agent.ts";
import type { News } from "./news.ts";

/** How often a browser hears something; it gives up a connection that is silent for 30 s. */
const heartbeat = 15_000;

/** Milliseconds before which a browser fetches no new token; they are long-lived here, and looked at with each request. */
const tokenLifetime = 24 * 60 * 60 * 1000;

/** The connections of agents' browsers by which they hear of their tasks. */
export class Bridge {
  readonly #sockets = new Map<string, Set<WebSocket>>();
  readonly #beat: NodeJS.Timeout;

  constructor() {
    this.#beat = setInterval(() => {
      for (const sockets of this.#sockets.values()) for (const socket of sockets) socket.send(" ");
    }, heartbeat);
    this.#beat.unref();
  }

  /** Takes an agent's browser on, which says whether it wants the agent's others to go. */
  connect(socket: WebSocket, agent: Agent, closeExisting: boolean): void {
    const { workerSid, accountSid, workspaceSid } = agent;
    const sockets = this.#sockets.get(workerSid) ?? new Set();
    if (closeExisting) for (const other of sockets) other.close(1000, "Another session was opened");
    this.#sockets.set(workerSid, sockets.add(socket));
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.terminate());
    const payload = {
      channel_id: workerSid,
      account_sid: accountSid,
      workspace_sid: workspaceSid,
      token_lifetime: tokenLifetime,
    };
    socket.send(JSON.stringify({ event_type: "init", payload }));
  }

  get isListenedTo(): boolean {
    return [...this.#sockets.values()].some(({ size }) => size > 0);
  }

  tell({ workerSid, type, payload }: News): void {
    const text = JSON.stringify({ event_type: type, payload });
    for (const socket of this.#sockets.get(workerSid) ?? []) socket.send(text);
  }

  close(): void {
    clearInterval(this.#beat);
    for (const sockets of this.#sockets.values()) for (const socket of sockets) socket.terminate();
  }
}
