#!/usr/bin/env bash
# @twilio/flex-sdk 3.0.0: its first request carries an Authorization header that is not Basic authentication.
#
# Seen with   the README's own first step, `await createClient("SDK_TOKEN")`.
# Expected    `Authorization: Basic <base64 of "token:SDK_TOKEN">` (RFC 7617), and a value of the page's or no UiVersion.
# Observed    `Authorization: Basic <base64>)`: a closing parenthesis behind the credentials, which is no character of
#             base64 (RFC 4648), and `?UiVersion=undefined`. A server or proxy that decodes strictly answers 401, and
#             nobody logs in; the hosted Flex reads past it. Flex UI 2.17.1 bundles this SDK.
#
# Installs into a temporary folder, sends nothing: `fetch` is replaced before the SDK is loaded.
# Exit code 0: still so. 1: it changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --no-fund --no-audit --silent --ignore-scripts --legacy-peer-deps @twilio/flex-sdk@3.0.0 graphql@16.12.0

cat >login.cjs <<'JS'
const requests = [];
// What a browser has, as far as the SDK looks for it while it is loaded.
Object.assign(globalThis, { window: globalThis, self: globalThis });
globalThis.document = { createElement: () => ({}), head: { appendChild() {} }, addEventListener() {} };
globalThis.localStorage = { getItem: () => null, setItem() {}, removeItem() {} };
globalThis.location = { href: "http://localhost/", hostname: "localhost", search: "" };
globalThis.fetch = async (url, { headers } = {}) => {
  requests.push({ url: new URL(url), authorization: new Headers(headers).get("authorization") });
  throw new TypeError("no network");
};
const { createClient } = require("@twilio/flex-sdk");
const wanted = `Basic ${Buffer.from("token:SDK_TOKEN").toString("base64")}`;
createClient("SDK_TOKEN")
  .catch(() => undefined)
  .then(() => {
    const first = requests.find(({ url }) => url.pathname === "/v1/Configuration");
    console.log("expected:", wanted);
    console.log("observed:", first?.authorization);
    console.log("query:   ", first?.url.search);
    process.exit(first?.authorization === `${wanted})` && first.url.search === "?UiVersion=undefined" ? 0 : 1);
  });
JS
node login.cjs
echo "still so: @twilio/flex-sdk 3.0.0 ends its credentials with a parenthesis"
