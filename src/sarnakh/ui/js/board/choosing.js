// "Move to…": the lanes as a menu beside a card, for keyboard, touch and everybody who
// does not drag.

import { openAt } from "../menus.js";
import { drawing } from "../words.js";
import { laneOf, lanesOf, linkOf, nameOf } from "./lanes.js";

/**
 * @param {HTMLElement} board
 * @param {HTMLElement} card
 * @param {(card: HTMLElement, lane: HTMLElement) => void} chosen
 */
export function chooseLane(board, card, chosen) {
  const panel = drawing("lanes");
  for (const lane of lanesOf(board)) {
    if (lane === laneOf(card)) continue;
    const item = document.createElement("button");
    item.type = "button";
    item.className = "menu-item";
    item.textContent = nameOf(lane);
    item.addEventListener("click", () => {
      linkOf(card).focus();
      panel.hidePopover();
      chosen(card, lane);
    });
    panel.append(item);
  }
  panel.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    if (panel.contains(document.activeElement) || document.activeElement === document.body) {
      linkOf(card).focus();
    }
    panel.remove();
  });
  board.after(panel);
  openAt(panel, linkOf(card));
  panel.querySelector("button")?.focus();
}
