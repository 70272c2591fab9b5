// Names of environment variables whose values must never be shown.
const SECRET_NAME =
  /TOKEN|SECRET|PASSWORD|PASSPHRASE|PASSWD|CREDENTIAL|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|_AUTH/i;

/**
 * Takes credentials out of a text: those in URLs, and the values of the environment's secrets.
 *
 * @param {string} text
 * @param {NodeJS.ProcessEnv} env
 */
export function redact(text, env) {
  let clean = text.replace(/\/\/[^/\s@]+@/g, "//***@");
  for (const [name, value] of Object.entries(env)) {
    // A very short value would blank out ordinary words.
    if (SECRET_NAME.test(name) && value !== undefined && value.length >= 6) {
      clean = clean.replaceAll(value, "***");
    }
  }
  return clean;
}
