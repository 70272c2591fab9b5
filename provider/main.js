// Pulumi runs the plugin through a loader of its own for .ts files; from here on Node strips the types.
import "./main.ts";
