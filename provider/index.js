// Pulumi loads a plugin's folder with a loader of its own, which knows .js; from here on Node strips the types.
import "./main.ts";
