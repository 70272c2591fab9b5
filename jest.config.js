/** Tests run as Node runs the product: ES modules, types stripped, nothing compiled. */
export default {
  testEnvironment: "node",
  testMatch: ["<rootDir>/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "/sdks/", "/.local/"],
  extensionsToTreatAsEsm: [".ts"],
  transform: { "\\.ts$": "<rootDir>/tests/strip-types.js" },
  maxWorkers: 2,
};
