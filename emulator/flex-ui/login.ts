import { notFound, TwilioError } from "../kernel/errors.ts";
import type { Incoming } from "../kernel/kernel.ts";
import type { Product, Route } from "../kernel/product.ts";
import type { Reply, RequestContext } from "../kernel/request.ts";
import { isoDate } from "../kernel/date.ts";
import { isJsonObject, type JsonObject } from "../kernel/json.ts";
import { configuration } from "../products/flex/kinds.ts";
import type { Context } from "../kernel/context.ts";
import { parseJson } from "../kernel/parameter.ts";
import { type Agent, agentOf, type Agents, rolesOf } from "./agents/agent.ts";
import type { Api } from "./agents/api.ts";

// The few answers between a token and an agent's desktop. Nobody signs in here: whoever has an access token of the
// account is in.

const tokenInfo = "/v1/Accounts/{AccountSid}/Tokens/Info";
const configurationPath = "/v1/Configuration";

/** What agents may ask of Flex's API beside what `product` lets them. */
const allowed: readonly string[] = ["FetchConfiguration", `POST ${tokenInfo}`, "FetchProvisioningStatus"];

/** Flex's API with what Flex UI asks of it when somebody logs in. */
export function withLogin(product: Product): Product {
  if (product.host !== "flex-api") return product;
  const info: Route = { method: "POST", path: tokenInfo, handle: answerTokenInfo };
  return {
    ...product,
    routes: [...(product.routes ?? []).map(forUi), info],
    authorize(request) {
      if (!allowed.includes(request.operation)) product.authorize?.(request);
    },
  };
}

/** Flex UI names its version when it reads the configuration, and takes only one that says that they go together. */
function forUi(route: Route): Route {
  if (route.path !== configurationPath || route.method !== "GET") return route;
  return {
    ...route,
    handle(request) {
      const reply = route.handle(request);
      if (!request.query.has("UiVersion")) return reply;
      const body = reply.body as JsonObject;
      const attributes = isJsonObject(body["ui_attributes"]) ? body["ui_attributes"] : {};
      const ui_attributes = { version_compatibility: "yes", ...attributes };
      return { ...reply, body: { ...body, ui_attributes, attributes: body["attributes"] ?? {} } };
    },
  };
}

function answerTokenInfo({ context, person }: RequestContext): Reply {
  if (person === undefined)
    throw new TwilioError(400, 20001, "Send an access token as the password of user token");
  const agent = agentOf(context, person);
  if (agent.workerSid === "")
    throw new TwilioError(403, 20403, `Nobody works in Flex's workspace as ${person.identity}`);
  return { status: 200, body: infoOf(context, agent) };
}

/** What a token says of whoever has it. */
function infoOf(context: Context, { identity, workerSid }: Agent): object {
  return {
    valid: true,
    identity,
    roles: rolesOf(context, workerSid),
    realm_user_id: identity,
    worker_sid: workerSid,
    flex_user_sid: `FU${workerSid.slice(2)}`,
    flex_instance_sid: context.of(configuration).get(context.accountSid)?.fields.flex_instance_sid ?? null,
    expiration: isoDate(context.now + 24 * 60 * 60 * 1000),
    permissions: {},
  };
}

/** Whether a request to `iam.twilio.com` is what Flex UI 1.x asks there; it has operations of Twilio's documents besides. */
export function isTokenCheck({ method, target }: Incoming): boolean {
  const [path = ""] = target.split("?", 1);
  return method === "POST" && /^\/v1\/Accounts\/AC\w{32}\/Tokens\/validate$/.test(path);
}

/** Answers it: whether a token is good, and whose it is. @throws TwilioError */
export function answerTokenCheck({ body }: Incoming, agents: Agents, api: Api): Reply {
  const given = parseJson(body, "The body");
  const agent = agents.of(isJsonObject(given) && typeof given["token"] === "string" ? given["token"] : "");
  return { status: 200, body: api.read(agent, (context) => infoOf(context, agent)) };
}

/** Answers what is asked of `flex.twilio.com`: which features are switched on. */
export function answerFlex({ method, target }: Incoming): Reply {
  const [path = ""] = target.split("?", 1);
  if (method !== "GET" || path !== "/api/v1/Session") throw notFound(path);
  return { status: 200, body: { insights_active: false, features: [] } };
}
