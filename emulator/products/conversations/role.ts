import { missingParameter } from "../../kernel/errors.ts";
import { list, oneOf, text } from "../../kernel/parameter.ts";
import { role } from "../chat/kinds.ts";
import { roleResource } from "../chat/role.ts";
import { inBothForms } from "./forms.ts";
import { chatTypeOf, fromChat, toChat, typeOf } from "./permission.ts";
import { serviceView } from "./service.ts";

/** Chat's roles by the names of Conversations. */
export const roleView = inBothForms(role, (base) => ({
  prefix: "RL",
  path: `${base}/Roles`,
  parent: serviceView,
  listKey: "roles",
  maxPageSize: 50,
  parameters: {
    FriendlyName: text({ on: "create", required: true, max: 256 }),
    Type: oneOf(["conversation", "service"], { on: "create", required: true }),
    Permission: list(text({ empty: "" }), { required: true, field: "permissions" }),
  },
  render: ({ parentSid, fields }) => ({
    chat_service_sid: parentSid,
    type: typeOf(fields.type),
    permissions: fromChat(fields.permissions),
  }),
  beforeWrite({ fields, previous, input }) {
    const given = input["Permission"];
    if (!Array.isArray(given) || given.length === 0) throw missingParameter("Permission");
    if (previous === undefined) fields.type = chatTypeOf(fields.type);
    fields.permissions = toChat([...new Set(fields.permissions)], fields.type);
  },
  beforeDelete: roleResource.beforeDelete,
}));
