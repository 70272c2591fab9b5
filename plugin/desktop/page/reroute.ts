// Has what the page sends to Twilio go through the page's own server, whichever client sends it.

const prefix = `${location.origin}/twilio/`;

/** `https://flex-api.twilio.com/v1/…` → `<own origin>/twilio/flex-api.twilio.com/v1/…`; other addresses stay. */
function reroute(address: string): string {
  const url = new URL(address, location.href);
  if (!url.hostname.endsWith(".twilio.com")) return address;
  const own = new URL(`${prefix}${url.hostname}${url.pathname}${url.search}`);
  if (/^wss?:$/.test(url.protocol)) own.protocol = own.protocol === "https:" ? "wss:" : "ws:";
  return own.href;
}

export function rerouteAll(): void {
  const { fetch, WebSocket, XMLHttpRequest } = window;
  window.fetch = (input, init) =>
    input instanceof Request
      ? fetch(new Request(reroute(input.url), input), init)
      : fetch(reroute(String(input)), init);
  window.WebSocket = class extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(reroute(String(address)), protocols);
    }
  };
  const { open } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.open = function (
    this: XMLHttpRequest,
    method: string,
    address: string | URL,
    ...rest: unknown[]
  ) {
    const isAsync = rest.length === 0 ? true : rest[0] !== false;
    open.call(this, method, reroute(String(address)), isAsync, rest[1] as string, rest[2] as string);
  };
}
