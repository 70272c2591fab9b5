import type * as Flex from "@twilio/flex-ui";
import type { Manager } from "@twilio/flex-ui";
import { Emitter } from "./emitter.ts";
import { capturedModule, stopCapturing } from "./modules.ts";
import type { FlexPage, FlexPageOptions, SeenAction } from "./protocol.ts";
import { type Respond, StandInWorker } from "./stand-ins.ts";

// Runs in a page with the real bundle of Flex UI. Without an account nobody can log in to Flex UI, so this gives it
// what its login would have: a manager, a session, a worker client and a chat client. The rest is Flex UI's own work.

const actions = ["AcceptTask", "SelectTask", "WrapupTask", "CompleteTask"];
const seen: SeenAction[] = [];
let manager: Manager | undefined;
let worker: StandInWorker | undefined;

const flex = (): typeof Flex => window.Twilio.Flex;

const reservation = (sid: string) => {
  const found = worker?.reservations.get(sid);
  if (found === undefined) throw new Error(`There is no reservation ${sid}.`);
  return found;
};

window.flexPage = {
  async start(options) {
    stopCapturing();
    worker = new StandInWorker(options.workerSid ?? "WK1", options.capacities ?? {}, window.respond);
    manager = createManager(options, worker);
    for (const action of actions)
      for (const stage of ["before", "after"] as const)
        flex().Actions.addListener(stage + action, ({ sid = "" }: { sid?: string }) => {
          seen.push(`${stage} ${action} ${sid}`);
        });
    await capturedModule<Plugins>("loadPlugins", "Plugins").loadPlugins(flex(), manager);
  },
  render() {
    const { React, ReactDOM, ReactRedux } = window as unknown as Libraries;
    const { ContextProvider, RootContainer } = flex();
    const container = document.body.appendChild(document.createElement("div"));
    container.style.height = "100vh";
    const root = React.createElement(RootContainer, null);
    const flexUi = React.createElement(ContextProvider, { manager }, root);
    ReactDOM.render(React.createElement(ReactRedux.Provider, { store: manager?.store }, flexUi), container);
  },
  offer: (offer, options) => worker?.offer(offer, options),
  end: (sid, status) => reservation(sid).end(status),
  reconnect: () => worker?.emit("ready"),
  async acceptElsewhere(sid) {
    await reservation(sid).accept();
  },
  async act(action, sid) {
    try {
      await flex().Actions.invokeAction(action, { sid });
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  },
  seenActions: () => seen,
  status: (sid) => worker?.reservations.get(sid)?.status,
  notifications: () =>
    flex().Notifications.activeNotifications.map(({ id, context }) => {
      const { problem } = (context ?? {}) as { problem?: unknown };
      return typeof problem === "string" ? problem : (id ?? "");
    }),
  channelOf(sid) {
    const { TaskChannels, TaskHelper } = flex();
    const { name, capabilities, colors, icons, templates } = TaskChannels.getForTask(
      TaskHelper.getTaskByTaskSid(sid),
    );
    return {
      name,
      capabilities: [...capabilities],
      color: colors?.main,
      icons: { ...icons },
      templates: { ...templates },
    };
  },
  channels: () =>
    flex()
      .TaskChannels.getRegistered()
      .map(({ name }) => name),
  orchestrations(sid = "") {
    const { ChatOrchestrator, TaskHelper } = flex();
    return Object.fromEntries(
      ["accepted", "wrapup", "completed"].map((event) => {
        const orchestrations = ChatOrchestrator.getOrchestrations(event);
        return [
          event,
          typeof orchestrations === "function"
            ? orchestrations(TaskHelper.getTaskByTaskSid(sid))
            : orchestrations,
        ];
      }),
    );
  },
};

/** A manager as `Manager.create` makes it, with a session. */
function createManager(options: FlexPageOptions, workerClient: StandInWorker): Manager {
  const { token = "flex-token", chat = { token: "chat-token", identity: "alice" } } = options;
  const { FlexReducer, applyFlexMiddleware } = flex();
  const { createStore, combineReducers } = window.Redux;
  const store = createStore(combineReducers({ flex: FlexReducer } as never), applyFlexMiddleware() as never);
  const { Manager: FlexManager } = capturedModule<{ Manager: ManagerConstructor }>("Manager");
  const created = new FlexManager(
    {
      logLevel: "silent",
      sso: { accountSid: "AC1" },
      router: { type: "memory" },
      pluginService: { enabled: true, url: options.pluginServiceUrl },
    },
    store,
  );
  Object.assign(created, { _serviceConfiguration: { attributes: options.attributes, ui_attributes: {} } });
  FlexManager._instance = created;
  FlexManager.createProxiedInstance?.();

  const tokenPayload = {
    token,
    identity: chat.identity,
    roles: ["agent"],
    expiration: "2099-01-01T00:00:00Z",
  };
  const loginHandler = Object.assign(new Emitter(), { getTokenInfo: () => tokenPayload });
  store.dispatch({ type: "FLEX_ACTION_LOGIN_FULFILLED", payload: { loginHandler, tokenPayload } });

  capturedModule<Conferences>("ConferenceListenerManager").ConferenceListenerManager.initialize();
  const { FlexModule } = capturedModule<{ FlexModule: Record<string, unknown> }>("FlexModule");
  const user = { identity: chat.identity };
  FlexModule["chatClient"] = Object.assign(new Emitter(), { user, token: chat.token });
  if (options.disconnected === true) {
    FlexModule["workerClient"] = {};
  } else {
    FlexModule["workerClient"] = workerClient;
    capturedModule<WorkerState>("WorkerListener", "Actions").Actions.init(workerClient);
  }
  return created;
}

interface Plugins {
  loadPlugins(flex: unknown, manager: unknown): Promise<void>;
}
/** Calls, of which Flex UI looks for some with every task that ends. */
interface Conferences {
  ConferenceListenerManager: { initialize(): void };
}
interface WorkerState {
  Actions: { init(worker: unknown): void };
}
interface ManagerConstructor {
  new (configuration: object, store: unknown): Manager;
  _instance: Manager;
  /** As of some version after 1.9. */
  createProxiedInstance?(): void;
}
/** What Flex UI brings along for its plugins. */
interface Libraries {
  React: { createElement(type: unknown, props: object | null, ...children: unknown[]): unknown };
  ReactDOM: { render(element: unknown, container: Element): void };
  ReactRedux: { Provider: unknown };
}

declare global {
  interface Window {
    flexPage: FlexPage;
    respond: Respond;
  }
}
