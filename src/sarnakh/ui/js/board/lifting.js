// Moving a card by keyboard: Space lifts it, arrows carry it along the lanes and within
// them, Space or Enter drops it, Escape brings it back. Every step is said aloud.

import { number } from "../digits.js";
import { along, announce, word } from "../words.js";
import { cardsOf, laneOf, lanesOf, linkOf, nameOf, placeOf, put, titleOf } from "./lanes.js";

export class Lifting {
  /** @type {HTMLElement | null} the card in the air */
  card = null;
  #from = null;
  #next = null;
  /** @type {HTMLElement | null} the lane it hangs over */
  #lane = null;
  #isCarrying = false;

  /**
   * @param {HTMLElement} board
   * @param {(card: HTMLElement, lane: HTMLElement, before: Element | null) => void} dropped
   */
  constructor(board, dropped) {
    this.board = board;
    this.dropped = dropped;
    board.addEventListener("focusout", () => {
      if (this.card && !this.#isCarrying) this.#return();
    });
  }

  /** @param {HTMLElement} card */
  lift(card) {
    this.card = card;
    this.#lane = this.#from = laneOf(card);
    this.#next = card.nextElementSibling;
    card.classList.add("lifted");
    this.#say("lifted");
  }

  /**
   * A key while a card is in the air; whether it was one of ours.
   * @param {KeyboardEvent} event
   */
  key(event) {
    const step = along(event.key);
    const up = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step) this.#carry(step);
    else if (up) this.#shift(up);
    else if (event.key === "Escape") this.#return();
    else if (event.key === " " || event.key === "Enter") this.#drop();
    else return event.key !== "Tab";
    return true;
  }

  #carry(step) {
    const lanes = lanesOf(this.board);
    const lane = lanes[lanes.indexOf(this.#lane) + step];
    if (!lane) return;
    const at = cardsOf(this.#lane).indexOf(this.card);
    this.#lane.classList.remove("target");
    this.#lane = lane;
    if (placeOf(lane)) this.#put(lane, cardsOf(lane)[Math.max(0, at)] ?? null);
    if (lane !== this.#from) lane.classList.add("target");
    lane.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.#say("over");
  }

  #shift(step) {
    const cards = cardsOf(this.#lane);
    const at = cards.indexOf(this.card);
    const next = cards[step < 0 ? at - 1 : at + 2] ?? null;
    if (at < 0 || (step < 0 && at === 0) || (step > 0 && at === cards.length - 1)) return;
    this.#put(this.#lane, next);
    this.#say("over");
  }

  #put(lane, before) {
    // A card that moves in the page loses the focus for a moment.
    this.#isCarrying = true;
    put(this.card, lane, before);
    linkOf(this.card).focus();
    this.card.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.#isCarrying = false;
  }

  #drop() {
    const [card, lane] = [this.card, this.#lane];
    const before = laneOf(card) === lane ? card.nextElementSibling : null;
    if (lane === this.#from) this.#return();
    else {
      this.#land();
      this.dropped(card, lane, before);
    }
  }

  #return() {
    const card = this.card;
    this.#land();
    announce(word("returned", { title: titleOf(card), lane: nameOf(laneOf(card)) }));
  }

  /** Everything as before it was lifted. */
  #land() {
    const card = this.card;
    const hadFocus = card.contains(document.activeElement);
    this.#lane.classList.remove("target");
    card.classList.remove("lifted");
    this.card = null;
    if (card.nextElementSibling !== this.#next || laneOf(card) !== this.#from) {
      put(card, this.#from, this.#next);
    }
    if (hadFocus) linkOf(card).focus();
  }

  #say(name) {
    const cards = cardsOf(this.#lane);
    const at = cards.indexOf(this.card);
    const isFolded = at < 0;
    announce(
      word(isFolded ? "overFolded" : name, {
        title: titleOf(this.card),
        lane: nameOf(this.#lane),
        place: number(at + 1),
        count: number(cards.length),
      }),
    );
  }
}
