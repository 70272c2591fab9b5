/** Most characters of a task's attributes, as TaskRouter takes them. */
export const maxAttributes = 4096;

/** Characters of the attributes as they are sent; endless when they are nested too deeply to be. */
export function attributesLength(attributes: object): number {
  try {
    return JSON.stringify(attributes).length;
  } catch {
    return Infinity;
  }
}
