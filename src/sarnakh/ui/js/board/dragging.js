// Dragging a card with mouse or finger: a copy follows the pointer, a line shows where the
// card would stand, the lane under it is marked.

import { Edges } from "./edges.js";
import { drags } from "./gesture.js";
import { cardsOf, laneOf, lanesOf, placeOf } from "./lanes.js";

const OWN_USE = "button, input, select, textarea, summary, label, form, [popover]";

/**
 * @param {HTMLElement} board
 * @param {(card: HTMLElement, lane: HTMLElement, before: Element | null) => void} dropped
 */
export function dragCards(board, dropped) {
  /** @type {HTMLElement | null} */
  let card = null;
  /** @type {HTMLElement | null} */
  let ghost = null;
  /** @type {HTMLElement | null} */
  let lane = null;
  /** @type {Element | null} */
  let before = null;
  let [dx, dy] = [0, 0];
  /** @type {PointerEvent} */
  let last;
  const line = document.createElement("div");
  line.className = "drop-line";
  const edges = new Edges(board, () => aim(last));

  drags(board, {
    pick(event) {
      const target = /** @type {Element} */ (event.target);
      if (target.closest(OWN_USE)) return null;
      return target.closest(".card[data-pk]:not(.saving)");
    },
    lift(picked, event) {
      card = picked;
      const box = card.getBoundingClientRect();
      [dx, dy] = [event.clientX - box.left, event.clientY - box.top];
      ghost = copy(card, box);
      card.classList.add("placeholder");
      // A board that snaps would jump while it scrolls under the card.
      board.style.scrollSnapType = "none";
      last = event;
      carry(event);
    },
    move(event) {
      last = event;
      carry(event);
      aim(event);
      edges.cards = lane && placeOf(lane);
      edges.at(event);
    },
    drop() {
      const [what, where, next] = [card, lane, before];
      tidy();
      if (where) dropped(what, where, next);
    },
    cancel: tidy,
  });

  function carry({ clientX, clientY }) {
    ghost.style.translate = `${clientX - dx}px ${clientY - dy}px`;
  }

  function aim({ clientX: x, clientY: y }) {
    const under = lanesOf(board).find((one) => {
      const box = one.getBoundingClientRect();
      return x >= box.left && x <= box.right && y >= box.top - 40 && y <= box.bottom + 40;
    });
    lane?.classList.remove("target");
    // The order inside a lane is the server's: within its own lane a card cannot move.
    lane = under && under !== laneOf(card) ? under : null;
    lane?.classList.add("target");
    line.remove();
    if (!lane || !placeOf(lane)) return;
    before =
      cardsOf(lane).find((one) => {
        const box = one.getBoundingClientRect();
        return y < box.top + box.height / 2;
      }) ?? placeOf(lane).querySelector(":scope > .load-more");
    placeOf(lane).insertBefore(line, before);
  }

  function tidy() {
    edges.stop();
    line.remove();
    ghost.remove();
    card.classList.remove("placeholder");
    lane?.classList.remove("target");
    board.style.removeProperty("scroll-snap-type");
    [card, ghost, lane, before] = [null, null, null, null];
  }
}

/** A picture of the card that floats over everything. */
function copy(card, box) {
  const ghost = /** @type {HTMLElement} */ (card.cloneNode(true));
  ghost.removeAttribute("id");
  ghost.removeAttribute("data-pk");
  ghost.setAttribute("aria-hidden", "true");
  ghost.inert = true;
  for (const inner of ghost.querySelectorAll("[popover], [id]")) inner.remove();
  ghost.classList.add("lifted");
  Object.assign(ghost.style, {
    position: "fixed",
    inset: "0 auto auto 0",
    inlineSize: `${box.width}px`,
    pointerEvents: "none",
    zIndex: "70",
  });
  document.body.append(ghost);
  return ghost;
}
