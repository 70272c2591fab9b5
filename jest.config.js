/** Tests run as Node runs the product: ES modules, types stripped, nothing compiled. */
export default {
  testEnvironment: "node",
  testMatch: ["<rootDir>/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "/sdks/", "/.local/"],
  // The generated SDK holds its package.json twice, and jest insists on one of a name.
  modulePathIgnorePatterns: ["<rootDir>/sdks/twilio/bin/package.json"],
  extensionsToTreatAsEsm: [".ts"],
  transform: { "\\.ts$": "<rootDir>/tests/strip-types.js" },
  maxWorkers: 2,
  // Many tests run Pulumi, and a machine may be busy with other things: only what hangs is to fail.
  testTimeout: 60_000,
};
