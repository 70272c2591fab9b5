const { lazily, realOf } = require("./lazily.cts") as {
  lazily(load: () => object, own: object): object;
  realOf(name: string): object;
};

interface CodePaths {
  computeCodePaths(...options: readonly unknown[]): Promise<unknown>;
}

/**
 * Stands in for what finds the packages of functions that are put into the state, and reads their manifests. Its importer
 * takes the function out at once.
 */
module.exports = lazily(() => realOf("code-paths"), {
  computeCodePaths: (...options: readonly unknown[]) =>
    (realOf("code-paths") as CodePaths).computeCodePaths(...options),
});
