import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What each file of a product exports that is a resource. */
const declaration = /^export const (\w+) = resource\(/gm;

/**
 * The text of `resources/index.ts`: every resource that is declared in a folder of `resources/`, product by product.
 *
 * @param folder `provider/resources`
 */
export function registryText(folder: string): string {
  const found = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .flatMap((product) =>
      readdirSync(join(folder, product))
        .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
        .sort()
        .flatMap((file) =>
          [...readFileSync(join(folder, product, file), "utf8").matchAll(declaration)].map(
            ([, name = ""]) => ({ name, alias: aliasOf(product, name), path: `./${product}/${file}` }),
          ),
        ),
    );
  const imports = found.map(({ name, alias, path }) => `import { ${name} as ${alias} } from "${path}";`);
  const list = found.map(({ alias }) => `  ${alias},`);
  return `// Written by npm run sdk, from the declarations in the folders beside it.
import type { ResourceDefinition } from "../engine/definition.ts";
${imports.join("\n")}

/** Every resource the provider has. */
export const resources: readonly ResourceDefinition[] = [
${list.join("\n")}
];
`;
}

/** Products have resources of the same name. */
function aliasOf(product: string, name: string): string {
  return `${product}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
