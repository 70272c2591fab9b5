import { createDecipheriv, pbkdf2 } from "node:crypto";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { secretSignature, signatureKey } from "../../provider/marks.ts";

/** As Pulumi derives a key from a passphrase, which takes a third of a second. */
const iterations = 1_000_000;
const keyLength = 32;
const tagLength = 16;

/** Opens one secret of a state: the JSON of its value. @throws Error when that is not possible */
export type Opener = (ciphertext: string) => string;

/** What a state says of the way its secrets are encrypted. */
export interface SecretsProvider {
  readonly type?: string;
  readonly state?: { readonly salt?: string };
}

/**
 * The way to open the secrets of a state that a passphrase encrypts; undefined where something else does, or the
 * passphrase is not its.
 */
export async function passphraseOpener(
  { type, state }: SecretsProvider,
  passphrase: string | undefined,
): Promise<Opener | undefined> {
  const [version, salt, ...proof] = state?.salt?.split(":") ?? [];
  if (type !== "passphrase" || passphrase === undefined || version !== "v1" || salt === undefined)
    return undefined;
  const key = await promisify(pbkdf2)(
    passphrase,
    Buffer.from(salt, "base64"),
    iterations,
    keyLength,
    "sha256",
  );
  const open: Opener = (ciphertext) => {
    const [form, nonce = "", text = ""] = ciphertext.split(":");
    if (form !== "v1") throw new Error("is encrypted in a way that is not known here");
    const sealed = Buffer.from(text, "base64");
    const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64"));
    decipher.setAuthTag(sealed.subarray(-tagLength));
    return Buffer.concat([decipher.update(sealed.subarray(0, -tagLength)), decipher.final()]).toString(
      "utf8",
    );
  };
  try {
    return open(proof.join(":")) === "pulumi" ? open : undefined;
  } catch {
    return undefined;
  }
}

/** The passphrase that Pulumi would take; undefined where there is none. */
export function givenPassphrase(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const { PULUMI_CONFIG_PASSPHRASE: given, PULUMI_CONFIG_PASSPHRASE_FILE: file } = env;
  if (given) return given;
  if (!file) return given;
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return undefined;
  }
}

/** Whether something in a value is encrypted. */
export function holdsCiphertext(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (Reflect.get(value, signatureKey) === secretSignature) return Reflect.has(value, "ciphertext");
  return Object.values(value).some(holdsCiphertext);
}

/**
 * A value of a state with its secrets open: what each is beside the mark.
 *
 * @throws Error where something is neither plain data nor a secret, or can't be opened
 */
export function opened(value: unknown, open: Opener): unknown {
  if (Array.isArray(value)) return value.map((item) => opened(item, open));
  if (typeof value !== "object" || value === null) return value;
  const signature: unknown = Reflect.get(value, signatureKey);
  if (signature === undefined)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, opened(item, open)]));
  if (signature !== secretSignature) throw new Error("is no plain data");
  const { ciphertext, plaintext } = value as { ciphertext?: string; plaintext?: string };
  const text = plaintext ?? (ciphertext === undefined ? undefined : open(ciphertext));
  if (text === undefined) throw new Error("has no value");
  return { [signatureKey]: secretSignature, value: opened(JSON.parse(text), open) };
}

/** A value as Pulumi's events have it: secrets are marked and not told, and names stand in their order. */
export function blinded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(blinded);
  if (typeof value !== "object" || value === null) return value;
  if (Reflect.get(value, signatureKey) === secretSignature)
    return { [signatureKey]: secretSignature, ciphertext: "[secret]" };
  const entries = Object.entries(value).map(([key, item]) => [key, blinded(item)] as const);
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}
