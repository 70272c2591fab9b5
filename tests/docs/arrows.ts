/**
 * Which folders each part may import from, at every level that has floors; docs/architecture.md draws the top one. A
 * file belongs to the longest path here that it lies in, and may import from its own part and from those listed.
 */
export const arrows: Readonly<Record<string, readonly string[]>> = {
  "index.ts": ["config", "components"],
  ci: ["cli"],
  cli: ["config", "emulator", "provider/access.ts", "provider/resources", "rehearsal", "routing"],
  components: [],
  config: ["routing"],
  plugin: [],
  policy: ["config", "routing"],
  rehearsal: ["routing"],
  setup: ["provider/sdk"],
  testing: ["rehearsal", "routing"],

  // What starts, then what happens by itself, then the products, then the kernel, which knows none of them.
  emulator: ["emulator/journey/index.ts", "emulator/products", "emulator/kernel"],
  "emulator/operations.ts": ["emulator/kernel"],
  "emulator/kernel": [],

  // A product is read alone: of others it knows what they store, and what they do when asked from inside.
  "emulator/products": [
    "emulator/kernel",
    "emulator/products/api/api.ts",
    "emulator/products/chat/chat.ts",
    "emulator/products/flex/flex.ts",
    "emulator/products/messaging/messaging.ts",
    "emulator/products/proxy/proxy.ts",
    "emulator/products/studio/studio.ts",
    "emulator/products/taskrouter/taskrouter.ts",
  ],
  "emulator/products/api": [
    "emulator/kernel",
    "emulator/operations.ts",
    "emulator/products/api/kinds.ts",
    "emulator/products/messaging/kinds.ts",
  ],
  "emulator/products/api/kinds.ts": ["emulator/kernel"],
  "emulator/products/chat": ["emulator/kernel", "emulator/operations.ts"],
  "emulator/products/flex": ["emulator/kernel", "emulator/operations.ts", "emulator/products/chat"],
  "emulator/products/messaging": [
    "emulator/kernel",
    "emulator/operations.ts",
    "emulator/products/api/kinds.ts",
    "emulator/products/messaging/kinds.ts",
  ],
  "emulator/products/messaging/kinds.ts": ["emulator/kernel"],
  "emulator/products/proxy": [
    "emulator/kernel",
    "emulator/operations.ts",
    "emulator/products/api",
    "emulator/products/chat",
    "emulator/products/messaging",
  ],
  "emulator/products/studio": ["emulator/kernel", "emulator/operations.ts"],
  "emulator/products/taskrouter": [
    "emulator/kernel",
    "emulator/operations.ts",
    "emulator/products/taskrouter/assignment",
    "emulator/products/taskrouter/events",
    "emulator/products/taskrouter/stored",
    "routing",
  ],
  "emulator/products/taskrouter/assignment": [
    "emulator/kernel",
    "emulator/products/taskrouter/events",
    "emulator/products/taskrouter/stored",
    "routing",
  ],
  "emulator/products/taskrouter/events": [
    "emulator/kernel",
    "emulator/products/taskrouter/stored",
    "routing",
  ],
  "emulator/products/taskrouter/stored": ["emulator/kernel", "routing"],

  // Conversations of one kind are one folder beside the others; what several need lies below all of them.
  "emulator/journey": [
    "emulator/journey/chat-proxy",
    "emulator/journey/shared",
    "emulator/journey/studio",
    "emulator/journey/text",
    "emulator/kernel",
  ],
  "emulator/journey/chat-proxy": [
    "emulator/journey/shared",
    "emulator/journey/studio",
    "emulator/journey/text",
    "emulator/kernel",
    "emulator/products",
  ],
  "emulator/journey/text": [
    "emulator/journey/shared",
    "emulator/journey/studio",
    "emulator/kernel",
    "emulator/products/api",
    "emulator/products/messaging",
    "emulator/products/studio",
  ],
  "emulator/journey/studio": [
    "emulator/journey/shared",
    "emulator/kernel",
    "emulator/products/api",
    "emulator/products/studio",
    "emulator/products/taskrouter",
  ],
  "emulator/journey/shared": ["emulator/kernel", "emulator/products/taskrouter"],

  // The declarations know the engine's vocabulary only; the engine knows neither the wire nor Pulumi's protocol.
  provider: [
    "provider/engine",
    "provider/http",
    "provider/resources/index.ts",
    "provider/server",
    "provider/stack",
  ],
  "provider/version.ts": [],
  "provider/engine": [],
  "provider/http": ["provider/engine/errors.ts"],
  "provider/resources": [
    "provider/engine",
    "provider/resources/api",
    "provider/resources/chat",
    "provider/resources/flex",
    "provider/resources/messaging",
    "provider/resources/proxy",
    "provider/resources/studio",
    "provider/resources/taskrouter",
  ],
  "provider/resources/api": ["provider/engine", "provider/resources/e164.ts"],
  "provider/resources/chat": ["provider/engine", "provider/resources/partsOfType.ts"],
  "provider/resources/e164.ts": [],
  "provider/resources/flex": ["provider/engine", "provider/resources/partsOfType.ts"],
  "provider/resources/messaging": ["provider/engine"],
  "provider/resources/partsOfType.ts": ["provider/engine"],
  "provider/resources/proxy": ["provider/engine", "provider/resources/e164.ts"],
  "provider/resources/studio": ["provider/engine"],
  "provider/resources/taskrouter": ["provider/engine"],
  "provider/sdk": ["provider/engine", "provider/resources/index.ts", "provider/version.ts"],
  "provider/server": ["provider/engine", "provider/http", "provider/version.ts"],
  "provider/stack": ["provider/engine"],

  routing: ["routing/expression", "routing/json.ts", "routing/workflow"],
  "routing/expression": ["routing/json.ts"],
  "routing/json.ts": [],
  "routing/workflow": ["routing/expression", "routing/json.ts"],
};

/** Folders of which every one, however deep, has a line above. */
export const complete: readonly string[] = ["emulator", "provider", "routing"];
