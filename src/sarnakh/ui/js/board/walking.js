// Walking over the board by arrow keys, as the eye sees it. One card at a time is the way
// in for Tab, with what it holds; the others are skipped.

import { along } from "../words.js";
import { cardsOf, laneOf, lanesOf, linkOf, placeOf } from "./lanes.js";

const STOPS = "a[href], button, input, summary, select";

export class Walking {
  /** @type {HTMLElement | null} */
  #current = null;

  /** @param {HTMLElement} board */
  constructor(board) {
    this.board = board;
    this.#settle(board);
    board.addEventListener("focusin", (event) => {
      const card = event.target.closest(".card[data-pk]");
      if (card && card !== this.#current) this.#make(card);
    });
    // Cards come and go, and so do the stars in them.
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) {
        for (const node of addedNodes) if (node instanceof Element) this.#settle(node);
      }
    }).observe(board, { childList: true, subtree: true });
  }

  /** The card that Tab leads to; the first one at the beginning. */
  get current() {
    if (this.#current?.isConnected && !this.#current.hidden) return this.#current;
    for (const lane of lanesOf(this.board)) {
      if (placeOf(lane) && cardsOf(lane).length) return cardsOf(lane)[0];
    }
    return null;
  }

  /** The card that has the focus. */
  get focused() {
    const card = document.activeElement?.closest(".card[data-pk]");
    return card && this.board.contains(card) ? card : null;
  }

  /** @param {HTMLElement | null | undefined} card */
  focus(card) {
    if (!card) return;
    const link = linkOf(card);
    link.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /**
   * An arrow key, Home or End; whether it led anywhere.
   * @param {KeyboardEvent} event
   */
  key(event) {
    const card = this.focused;
    if (!card || event.target !== linkOf(card)) return false;
    const step = along(event.key);
    const cards = cardsOf(laneOf(card));
    const at = cards.indexOf(card);
    if (step) this.focus(this.#beside(card, step, at));
    else if (event.key === "ArrowDown") this.focus(cards[at + 1]);
    else if (event.key === "ArrowUp") this.focus(cards[at - 1]);
    else if (event.key === "Home") this.focus(cards[0]);
    else if (event.key === "End") this.focus(cards.at(-1));
    else return false;
    return true;
  }

  /** j and k: on from the focused card, else to the current one. */
  step(by) {
    const card = this.focused;
    if (!card) {
      this.focus(this.current);
      return;
    }
    const cards = cardsOf(laneOf(card));
    this.focus(cards[cards.indexOf(card) + by]);
  }

  #beside(card, step, at) {
    const lanes = lanesOf(this.board).filter((lane) => placeOf(lane) && cardsOf(lane).length);
    const cards = lanes[lanes.indexOf(laneOf(card)) + step];
    return cards && (cardsOf(cards)[at] ?? cardsOf(cards).at(-1));
  }

  #make(card) {
    const old = this.#current;
    this.#current = card;
    if (old) reach(old, false);
    reach(card, true);
  }

  #settle(part) {
    const cards = part.matches(".card[data-pk]")
      ? [part]
      : part.closest(".card[data-pk]")
        ? [part.closest(".card[data-pk]")]
        : part.querySelectorAll(".card[data-pk]");
    this.#current = this.current;
    for (const card of cards) reach(card, card === this.#current);
    if (this.#current) reach(this.#current, true);
  }
}

function reach(card, isCurrent) {
  // How a card is moved is said once, on the one that can be reached.
  if (isCurrent) linkOf(card).setAttribute("aria-describedby", "board-how");
  else linkOf(card).removeAttribute("aria-describedby");
  for (const stop of card.querySelectorAll(STOPS)) {
    if (isCurrent) stop.removeAttribute("tabindex");
    else stop.tabIndex = -1;
  }
}
