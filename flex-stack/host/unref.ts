import http2 from "node:http2";

/**
 * Lets none of the HTTP/2 servers that are made from now on, nor any of their connections, keep the process alive: a
 * program of Pulumi's has ended when nothing is left to do in its process, and the servers in it wait for calls as long
 * as the engine runs.
 */
export function unrefServers(): void {
  const create = http2.createServer;
  const createUnref = (...args: Parameters<typeof create>): http2.Http2Server => {
    const server = create(...args);
    server.on("listening", () => server.unref());
    server.on("connection", (socket: { unref(): void }) => socket.unref());
    server.on("session", (session) => session.unref());
    return server;
  };
  Object.assign(http2, { createServer: createUnref });
}
