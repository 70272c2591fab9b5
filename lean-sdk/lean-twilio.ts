import { standIn } from "./stand-ins.ts";

/**
 * Lets the twilio SDK load its own HTTP client (axios and JSON Web Tokens, half of what the SDK takes to load) when one is
 * made: clients with a transport of their own have none.
 */
standIn([
  { name: "request-client", of: /^\.\/RequestClient$/, from: /\/twilio\/lib\/base\/BaseTwilio\.js$/ },
]);
