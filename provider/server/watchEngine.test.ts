import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { expect, test } from "@jest/globals";
import grpc from "@grpc/grpc-js";
import { watchEngine } from "./watchEngine.ts";

test("an engine that lives is left alone", async () => {
  const engine = new grpc.Server();
  const port = await new Promise<number>((resolve, reject) =>
    engine.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, found) =>
      error ? reject(error) : resolve(found),
    ),
  );
  let gone = 0;
  const stop = watchEngine(`127.0.0.1:${port}`, () => gone++);
  await new Promise((resolve) => setTimeout(resolve, 500));
  stop();
  engine.forceShutdown();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(gone).toBe(0);
});

test("a provider ends with an engine that is killed, without being told", async () => {
  const script =
    'const grpc=require("@grpc/grpc-js");const s=new grpc.Server();' +
    's.bindAsync("127.0.0.1:0",grpc.ServerCredentials.createInsecure(),(e,p)=>console.log(p));';
  const root = new URL("../..", import.meta.url).pathname;
  const engine = spawn(process.execPath, ["-e", script], { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  const [port] = (await once(createInterface({ input: engine.stdout }), "line")) as [string];
  const provider = spawn(process.execPath, [`${root}provider/main.ts`, `127.0.0.1:${port}`], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  await once(createInterface({ input: provider.stdout }), "line");
  // The port is printed before the connection is there.
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(provider.exitCode).toBe(null);
  const ended = once(provider, "exit");
  engine.kill("SIGKILL");
  expect(await ended).toEqual([1, null]);
});
