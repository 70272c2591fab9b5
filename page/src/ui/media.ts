import { html, type TemplateResult } from "lit";

/** A picture that belongs to the page, for whoever has none at hand. */
export const samplePicture = `${location.origin}/_emulator/page/picture.svg`;

/** A file of a message: shown where it is the page's own, else a link, as nothing is loaded from elsewhere. */
export function media(url: string): TemplateResult {
  const address = URL.parse(url, location.href);
  if (address?.origin === location.origin && address.pathname.startsWith("/_emulator/page/"))
    return html`<img src=${address.pathname} alt="Picture" />`;
  if (address !== null && ["http:", "https:"].includes(address.protocol)) {
    return html`<a class="media" href=${address.href} target="_blank" rel="noopener noreferrer"
      ><bdi>${address.hostname}${address.pathname.slice(0, 60)}</bdi></a
    >`;
  }
  return html`<span class="media"><bdi>${url.slice(0, 100)}</bdi></span>`;
}
