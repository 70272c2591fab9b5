#!/usr/bin/env bash
# twilio-taskrouter 2.1.1: every request is JSON that calls itself a form.
#
# Seen with   `new Worker(token)`, the README's first step, from the first request on.
# Expected    `Content-Type: application/json` with a JSON body, or a form with a form's body.
# Observed    `Content-Type: application/x-www-form-urlencoded` with a JSON body. What reads the body by its label, as
#             web frameworks do, finds one field, whose name is the JSON as far as its first "=" or "&" and whose value
#             is the rest. Flex's other requests to the same address call themselves application/json, so that an
#             address in between (a test double, a gateway) must read both, by looking and not by the label.
#
# Installs into a temporary folder; the SDK's options `ebServer` and `wsServer` lead it to a server on loopback.
# Exit code 0: still so. 1: it changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --no-fund --no-audit --silent --ignore-scripts twilio-taskrouter@2.1.1 ws@8.18.3

cat >worker.cjs <<'JS'
const { createServer } = require("node:http");
const { WebSocketServer } = require("ws");
const { Worker } = require("twilio-taskrouter");
console.log = ((print) => (...words) => print(...words.map((word) => String(word).replace(/0{32}/g, "…"))))(console.log);
console.error = console.warn = () => undefined;
const sid = (prefix) => prefix + "0".repeat(32);
const server = createServer((request, response) => {
  let body = "";
  request.on("data", (part) => (body += part));
  request.on("end", () => {
    const label = request.headers["content-type"];
    console.log("label:       ", label);
    console.log("body:        ", body);
    const fields = [...new URLSearchParams(body).keys()];
    console.log("read by label:", `${fields.length} field, ${JSON.stringify(fields[0])}`);
    let isJson = true;
    try {
      JSON.parse(body);
    } catch {
      isJson = false;
    }
    response.end(JSON.stringify({ payload: { contents: [], after_sid: null } }));
    process.exit(isJson && /^application\/x-www-form-urlencoded/.test(label) ? 0 : 1);
  });
});
new WebSocketServer({ server }).on("connection", (socket) =>
  socket.send(
    JSON.stringify({
      event_type: "init",
      payload: { channel_id: sid("WK"), account_sid: sid("AC"), workspace_sid: sid("WS"), token_lifetime: 3600 },
    }),
  ),
);
server.listen(0, "127.0.0.1", () => {
  const at = `127.0.0.1:${server.address().port}/v1/wschannels`;
  new Worker("TOKEN", { ebServer: `http://${at}`, wsServer: `ws://${at}` }).on("error", () => undefined);
  setTimeout(() => process.exit(1), 20_000);
});
JS
node worker.cjs
echo "still so: twilio-taskrouter 2.1.1 sends JSON as application/x-www-form-urlencoded"
