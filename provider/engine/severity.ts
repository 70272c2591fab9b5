/** How loud a message to the user is. */
export type Severity = "debug" | "info" | "warning" | "error";
