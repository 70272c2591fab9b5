import { rerouteAll } from "./reroute.ts";

// The page of an agent's desktop: has Flex UI start as somebody who has signed in.

/** What the page's server says of whoever it is for. */
interface Session {
  readonly accountSid: string;
  readonly token: string;
  readonly identity: string;
  readonly roles: readonly string[];
  /** ISO 8601. */
  readonly expiration: string;
  readonly flexUserSid: string;
  readonly plugins: boolean;
}

rerouteAll();

/** Where Flex UI looks for who has signed in. */
const sso = "TWILIO_FLEX_SSO";

async function start(): Promise<void> {
  const session = (await (await fetch("/session")).json()) as Session;
  const { accountSid, token, identity, roles, expiration, flexUserSid } = session;
  localStorage.setItem(
    sso,
    JSON.stringify({
      ...{ token, identity, roles, expiration, accountSid, flexUserSid },
      ...{
        accessTokenExpiresAt: expiration,
        refreshTokenExpiresAt: expiration,
        refreshToken: "",
        permissions: {},
      },
    }),
  );
  const page = window as unknown as FlexUi;
  const { Flex } = page.Twilio;
  const manager = await Flex.Manager.create({
    sso: { accountSid },
    router: { type: "memory" },
    pluginService: { enabled: session.plugins, url: `${location.origin}/plugins` },
    // There are no calls, and to wait for them takes 20 s.
    disableBrowserVoice: true,
    logLevel: "warn",
  });
  const { React, ReactDOM, ReactRedux } = page;
  const root = React.createElement(Flex.RootContainer, null);
  const flex = React.createElement(Flex.ContextProvider, { manager }, root);
  const shown = React.createElement(ReactRedux.Provider, { store: manager.store }, flex);
  ReactDOM.render(shown, document.querySelector("#flex"));
  window.desktop = { state: "ready" };
}

void addEventListener("load", () => {
  start().catch((error: unknown) => {
    const problem = error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(error);
    window.desktop = { state: "failed", problem };
    const shown = document.querySelector("#problem");
    if (shown !== null) shown.textContent = `Flex UI did not start: ${problem}`;
  });
});

interface Create {
  (type: unknown, properties: object | null, ...children: unknown[]): unknown;
}

/** What the bundle of Flex UI brings along, whichever version it is. */
interface FlexUi {
  readonly Twilio: {
    readonly Flex: {
      readonly Manager: { create(configuration: object): Promise<{ store: unknown }> };
      readonly RootContainer: unknown;
      readonly ContextProvider: unknown;
    };
  };
  readonly React: { readonly createElement: Create };
  readonly ReactDOM: { render(element: unknown, container: Element | null): void };
  readonly ReactRedux: { readonly Provider: unknown };
}

declare global {
  interface Window {
    /** For tests, and whoever looks into the console. */
    desktop?: { state: "ready" | "failed"; problem?: string };
  }
}
