// <s-board class="board" data-base data-state data-by [data-drags] [data-orders]>lanes</s-board>
// Puts the parts of the board together: walking, dragging, lifting, folding, quick create.

import { chooseLane } from "./board/choosing.js";
import { dragCards } from "./board/dragging.js";
import { Folding } from "./board/folding.js";
import { cardsOf, linkOf } from "./board/lanes.js";
import { Lifting } from "./board/lifting.js";
import { cardMenu } from "./board/menu.js";
import { move, refreshClock } from "./board/moving.js";
import { dragLanes } from "./board/ordering.js";
import { Quick } from "./board/quick.js";
import { followLanes } from "./board/strip.js";
import { Walking } from "./board/walking.js";

class Board extends HTMLElement {
  connectedCallback() {
    if (this.walking) return;
    const dropped = (card, lane, before) => move(this, card, lane, before);
    this.folding = new Folding(this);
    this.walking = new Walking(this);
    this.quick = new Quick(this);
    this.lifting = new Lifting(this, dropped);
    this.drags = "drags" in this.dataset;
    if (this.drags) dragCards(this, dropped);
    if ("orders" in this.dataset) dragLanes(this);
    // A finger that rests on a card lifts it; the preview of its link must not come.
    this.style.setProperty("-webkit-touch-callout", "none");
    cardMenu(this, (card) => this.#choose(card));
    followLanes(this);
    document.addEventListener("activities-changed", () => this.#refresh());
    this.addEventListener("click", (event) => this.#click(event));
    this.addEventListener("click", (event) => {
      if (event.target.closest("[data-activities]")) {
        this.planned = event.target.closest(".card").dataset.pk;
      }
    });
    this.addEventListener("keydown", (event) => this.#key(event));
  }

  /** From the search box into the cards. */
  enter() {
    this.walking.focus(this.walking.current);
  }

  /** @param {number} by */
  step(by) {
    this.walking.step(by);
  }

  /** Open the small form in the first lane that has one; whether there is one. */
  create() {
    const lane = this.walking.focused?.closest("[data-lane]");
    const open = this.querySelector(":scope > [data-lane]:not(.folded)");
    const link = (lane ?? open)?.querySelector("[data-quick]");
    if (link) this.quick.open(link);
    return Boolean(link);
  }

  #click(event) {
    const target = event.target;
    const button = target.closest("[data-fold], [data-unfold], [data-quick]");
    if (!button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const { fold, unfold } = button.dataset;
    if (fold) this.folding.fold(fold);
    else if (unfold) this.folding.unfold(unfold);
    else this.quick.open(button);
  }

  #key(event) {
    if (event.defaultPrevented || event.isComposing) return;
    const card = this.walking.focused;
    const isOnCard = card && event.target === linkOf(card);
    if (!isOnCard || event.ctrlKey || event.metaKey || event.altKey) return;
    const isOurs = this.lifting.card
      ? this.lifting.key(event)
      : this.walking.key(event) || this.#command(event, card);
    if (!isOurs) return;
    event.preventDefault();
    event.stopPropagation();
  }

  #command(event, card) {
    const stars = event.code.match(/^(?:Digit|Numpad)([0-3])$/)?.[1];
    if (event.key === " " && this.drags) {
      if (!card.matches(".saving")) this.lifting.lift(card);
    } else if (document.body.dataset.shortcuts === "off") {
      return false;
    } else if (event.code === "KeyM" && this.drags) {
      this.#choose(card);
    } else if (stars) {
      this.#star(card, stars);
    } else {
      return false;
    }
    return true;
  }

  /** Pressing the star that is set takes it back, so that nothing is left. */
  #star(card, wanted) {
    const isSet = card.querySelector(".stars [aria-pressed=true]");
    if (wanted === (isSet?.value ?? "0")) return;
    const button = wanted === "0" ? isSet : card.querySelector(`.stars [value="${wanted}"]`);
    button?.click();
  }

  /** Something was planned or done on a card: its clock and its lane's figures change. */
  #refresh() {
    const card = this.querySelector(`.card[data-pk="${this.planned}"]`);
    if (card) refreshClock(this, card);
  }

  #choose(card) {
    if (!this.drags) return;
    chooseLane(this, card, (one, lane) => move(this, one, lane, cardsOf(lane)[0] ?? null));
  }
}

customElements.define("s-board", Board);
