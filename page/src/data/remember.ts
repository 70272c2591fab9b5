/** What this browser keeps between two visits; without storage nothing is kept, and everything works. */
export function remembered<T>(name: string, usual: T): T {
  try {
    const text = localStorage.getItem(`local-twilio ${name}`);
    return text === null ? usual : (JSON.parse(text) as T);
  } catch {
    return usual;
  }
}

export function remember(name: string, value: unknown): void {
  try {
    localStorage.setItem(`local-twilio ${name}`, JSON.stringify(value));
  } catch {
    // Full, or not allowed.
  }
}
