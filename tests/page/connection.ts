import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** A way to a port of this machine that can be cut. */
export interface Connection {
  readonly url: string;
  /** Breaks all connections off, and takes no more. */
  cut(): Promise<void>;
  restore(): Promise<void>;
  close(): Promise<void>;
}

export async function connectionTo(target: number): Promise<Connection> {
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let port = 0;
  const restore = async (): Promise<void> => {
    server = createServer((socket) => {
      const onward = connect(target, "127.0.0.1");
      for (const one of [socket, onward]) {
        sockets.add(one);
        one.on("error", () => undefined);
        one.on("close", () => {
          sockets.delete(one);
          socket.destroy();
          onward.destroy();
        });
      }
      socket.pipe(onward).pipe(socket);
    });
    await new Promise<void>((resolve) => server?.listen(port, "127.0.0.1", resolve));
    ({ port } = server.address() as AddressInfo);
  };
  const cut = async (): Promise<void> => {
    const closed = new Promise((resolve) => server?.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  await restore();
  return { url: `http://127.0.0.1:${port}`, cut, restore, close: cut };
}
