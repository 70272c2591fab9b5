import type { Mark, PictureFilter, PictureTarget, RoutingPicture } from "../meaning/index.ts";
import type { Way } from "./document.ts";
import { escaped } from "./html-text.ts";
import { canceled, entryText, notCreated, routingOn, servedByNobody, type Side } from "./picture-lines.ts";

const markWords: Readonly<Record<Mark, string>> = {
  same: "",
  added: "new",
  changed: "changed",
  removed: "removed",
};

/** Routing as a list of filters, each with its queues in order: read aloud or on a phone as well as seen. */
export function pictureHtml(picture: RoutingPicture, side: Side = "after"): string {
  const { filters, otherwise } = routingOn(picture, side);
  const { queue, mark, lost, unserved } = otherwise;
  const rest: PictureTarget = { queue: queue ?? notCreated, conditions: [], mark, unserved };
  const steps = lost === true ? endHtml(notCreated, mark) : targetHtml(rest);
  const none = `<li class="filter"><div><strong>no filter matches</strong></div><ol>${steps}</ol></li>`;
  const ways = picture.entries.map((entry) => `<small>${escaped(entryText(entry))}</small><br>`).join("");
  const items = [...filters.map(filterHtml), none].join("\n");
  return `<figure class="routing"><figcaption>${ways}${escaped(picture.workflow)}</figcaption><ol>${items}</ol></figure>`;
}

/** A way as a list of its stops, with what leads on from each, and back to it. */
export function wayHtml({ stops }: Way): string {
  const items = stops.map(({ name, lines: said, forth, back }) => {
    const steps = [
      ...(forth === undefined ? [] : [`<li class="target same"><span>→ ${escaped(forth)}</span></li>`]),
      ...(back === undefined ? [] : [`<li class="target same"><span>← ${escaped(back)}</span></li>`]),
    ];
    return `<li class="filter same"><div><strong>${escaped(name)}</strong> <small>${escaped(said.join(", "))}</small></div><ol>${steps.join("")}</ol></li>`;
  });
  return `<figure class="routing way"><ol>${items.join("\n")}</ol></figure>`;
}

function filterHtml({ name, expression, mark, targets, deadEnd }: PictureFilter): string {
  const head = `<strong>${escaped(name)}</strong>${badge(mark)}<code>${escaped(expression)}</code>`;
  const steps = targets.map(targetHtml).join("") + (deadEnd === true ? endHtml(canceled) : "");
  return `<li class="filter ${mark}"><div>${head}</div><ol>${steps}</ol></li>`;
}

function targetHtml({ queue, conditions, mark, unserved }: PictureTarget): string {
  const small = conditions.length > 0 ? `<small>${escaped(conditions.join(", "))}</small>` : "";
  const nobody = unserved === true ? `<small class="nobody">${servedByNobody}</small>` : "";
  const lost = unserved === true ? " lost" : "";
  return `<li class="target ${mark}${lost}"><span>${escaped(queue)}</span>${badge(mark)}${small}${nobody}</li>`;
}

/** Where a task ends that no agent gets. */
function endHtml(word: string, mark: Mark = "same"): string {
  return `<li class="target lost end"><span>${word}</span>${badge(mark)}</li>`;
}

function badge(mark: Mark): string {
  return mark === "same" ? "" : ` <span class="badge ${mark}">${markWords[mark]}</span>`;
}
