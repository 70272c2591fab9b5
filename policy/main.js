// Pulumi loads a TypeScript compiler for a pack's entry; from plain JavaScript on, Node strips types by itself.
import "./main.ts";
