const { lazily } = require("./lazily.cts") as { lazily(name: string): object };

module.exports = lazily("typescript");
