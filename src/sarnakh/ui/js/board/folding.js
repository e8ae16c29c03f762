// Folding a lane is a personal matter: it is remembered in this tab, by the keys of the
// lanes only. A lane that the server folded is fetched when it is opened.

import htmx from "htmx.org";

import { complain, send } from "../server.js";
import { drawing, word } from "../words.js";
import { lanesOf, nameOf } from "./lanes.js";

export class Folding {
  /** @param {HTMLElement} board */
  constructor(board) {
    this.board = board;
    this.store = `folded ${board.dataset.base} ${board.dataset.by}`;
    for (const lane of lanesOf(board)) {
      const wish = this.#wishes()[lane.dataset.lane];
      const isFolded = lane.matches(".folded");
      if (wish === true && !isFolded) this.#fold(lane);
      if (wish === false && isFolded) this.#open(lane);
    }
  }

  fold(key) {
    const lane = this.#lane(key);
    this.#fold(lane);
    this.#remember(key, true);
    lane.querySelector(".spine").focus();
  }

  async unfold(key) {
    const lane = await this.#open(this.#lane(key));
    if (!lane) return;
    this.#remember(key, false);
    lane.querySelector(".cards a, .column-head summary, .column-head a")?.focus();
  }

  #fold(lane) {
    const spine = drawing("spine");
    const name = nameOf(lane);
    spine.dataset.unfold = lane.dataset.lane;
    spine.setAttribute("aria-label", word("unfold", { name }));
    spine.querySelector(".name").textContent = name;
    spine.querySelector("b").textContent = lane.querySelector(".count").textContent;
    for (const part of lane.children) part.hidden = true;
    lane.append(spine);
    lane.classList.add("folded");
  }

  /** @returns {Promise<HTMLElement | null>} the open lane */
  async #open(lane) {
    const head = lane.querySelector(".column-head");
    if (head) {
      lane.querySelector(".spine").remove();
      lane.classList.remove("folded");
      for (const part of lane.children) part.hidden = false;
      return lane;
    }
    const { base, state } = this.board.dataset;
    const answer = await send(`${base}lane/${encodeURIComponent(lane.dataset.lane)}?${state}`);
    const fresh = answer?.page.querySelector("[data-lane]");
    if (!answer?.ok || !fresh) {
      if (answer) complain(answer);
      return null;
    }
    lane.replaceWith(fresh);
    htmx.process(fresh);
    return fresh;
  }

  #lane(key) {
    return lanesOf(this.board).find((lane) => lane.dataset.lane === key);
  }

  #wishes() {
    try {
      return JSON.parse(sessionStorage.getItem(this.store) ?? "{}");
    } catch {
      return {};
    }
  }

  #remember(key, isFolded) {
    try {
      sessionStorage.setItem(this.store, JSON.stringify({ ...this.#wishes(), [key]: isFolded }));
    } catch {
      // Not remembered, still folded.
    }
  }
}
