import type { Failure } from "../engine/definition.ts";
import type { Properties } from "../engine/value.ts";

/**
 * Says which permissions of a role are none of its type, and whether it has none at all.
 *
 * @param permissionsOf Names of permissions by type of role
 */
export function checkPermissions(
  { type, permissions }: Properties,
  permissionsOf: Readonly<Record<string, readonly string[]>>,
): readonly Failure[] {
  if (!Array.isArray(permissions) || typeof type !== "string" || !Object.hasOwn(permissionsOf, type))
    return [];
  if (permissions.length === 0) {
    return [{ path: ["permissions"], reason: "is empty; a role needs at least one permission" }];
  }
  const known = Object.values(permissionsOf).flat();
  return permissions.flatMap((permission, index): Failure[] =>
    // Unknown ones the field itself refuses.
    typeof permission === "string" && known.includes(permission) && !permissionsOf[type]!.includes(permission)
      ? [
          {
            path: ["permissions", index],
            reason: `${permission} is no permission of a ${type} role; remove it, or use a role of the other type`,
          },
        ]
      : [],
  );
}
