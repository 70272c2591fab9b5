const { places } = require("./lazily.cts") as { places: ReadonlyMap<string, string> };

/** The module is a class, which `BaseTwilio` takes for a default. */
module.exports = {
  __esModule: true,
  get default(): unknown {
    return require(places.get("request-client") ?? "twilio/lib/base/RequestClient.js");
  },
};
