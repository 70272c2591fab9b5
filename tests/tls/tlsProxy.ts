import { createServer as createHttpServer, request as send } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { generate } from "selfsigned";

/** A proxy of a user's own, in front of a local Twilio. */
export interface TlsProxy {
  /** `http://127.0.0.1:…`, for HTTP_PROXY. */
  readonly url: string;
  /** The certificate that clients have to trust, as PEM. */
  readonly certificate: string;
  /** `GET taskrouter.twilio.com` for every request that came through TLS, in order. */
  readonly passed: readonly string[];
  close(): Promise<void>;
}

/**
 * Ends the TLS of clients that take it for their HTTP proxy, and passes their requests on to the local Twilio as plain
 * HTTP with the Host they have. Its certificate is for `*.twilio.com`.
 */
export async function startTlsProxy(localTwilio: string): Promise<TlsProxy> {
  const { private: key, cert } = await makeCertificate();
  const passed: string[] = [];
  const { hostname, port } = new URL(localTwilio);
  const tls = createHttpsServer({ key, cert }, (incoming, outgoing) => {
    const { method, url: path, headers } = incoming;
    passed.push(`${method} ${headers.host}`);
    const forwarded = send({ hostname, port, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    forwarded.on("error", (error) => outgoing.destroy(error));
    incoming.pipe(forwarded);
  });
  const tunnels = new Set<Duplex>();
  const proxy = createHttpServer((_request, response) => response.writeHead(405).end());
  proxy.on("connect", (request, socket) => {
    if (!/^[a-z-]+\.twilio\.com:443$/.test(request.url ?? "")) {
      socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
      return;
    }
    tunnels.add(socket);
    socket.on("error", () => socket.destroy()).on("close", () => tunnels.delete(socket));
    socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
    tls.emit("connection", socket);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    certificate: cert,
    passed,
    async close() {
      // Once CONNECT has taken them over, they are nobody's to close.
      for (const socket of tunnels) socket.destroy();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}

function makeCertificate(): ReturnType<typeof generate> {
  const name = "*.twilio.com";
  return generate([{ name: "commonName", value: name }], {
    keyType: "ec",
    algorithm: "sha256",
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "subjectAltName", altNames: [{ type: 2, value: name }] },
    ],
  });
}
