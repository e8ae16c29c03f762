// A new card in a lane: the small form opens on top, Enter adds and leaves it open for
// the next one, Escape takes it away; so does a press outside while nothing was typed.

import htmx from "htmx.org";

import { complain, send } from "../server.js";
import { heads } from "./moving.js";

export class Quick {
  /** @type {HTMLFormElement | null} */
  #form = null;
  #isTouched = false;
  #isSending = false;

  /** @param {HTMLElement} board */
  constructor(board) {
    this.board = board;
    board.addEventListener("submit", (event) => {
      if (event.target !== this.#form || event.defaultPrevented) return;
      event.preventDefault();
      this.#send(event.submitter);
    });
    board.addEventListener("input", (event) => {
      if (event.isTrusted && this.#form?.contains(event.target)) this.#isTouched = true;
    });
    board.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      if (!this.#form?.contains(event.target)) return;
      event.preventDefault();
      this.#close();
    });
    document.addEventListener("pointerdown", (event) => {
      if (this.#isTouched || !this.#form || this.#form.contains(event.target)) return;
      if (!event.target.closest("[data-quick]")) this.#close();
    });
    board.addEventListener("click", (event) => {
      if (event.target.closest("[data-cancel]") && this.#form?.contains(event.target)) {
        this.#close();
      }
    });
  }

  /**
   * Open the form in a lane.
   * @param {HTMLAnchorElement} link its + sign
   */
  async open(link) {
    const lane = link.closest("[data-lane]");
    if (this.#form && lane.contains(this.#form)) {
      this.#focus();
      return;
    }
    const answer = await send(link.href);
    const form = this.#formIn(answer);
    if (!form) {
      if (answer) complain(answer);
      return;
    }
    this.#close();
    const cards = lane.querySelector(".cards");
    cards.prepend(form);
    cards.scrollTop = 0;
    this.#take(form);
  }

  async #send(button) {
    if (this.#isSending) return;
    this.#isSending = true;
    const form = this.#form;
    form.classList.add("saving");
    const body = new FormData(form, button);
    const answer = await send(form.getAttribute("action"), { method: "POST", body });
    this.#isSending = false;
    form.classList.remove("saving");
    if (!answer) return;
    const fresh = this.#formIn(answer);
    if (!fresh || (!answer.ok && answer.status !== 422)) {
      complain(answer);
      return;
    }
    const card = answer.page.querySelector("[data-card] > .card");
    heads(this.board, answer.page);
    form.replaceWith(fresh);
    if (answer.ok && card) {
      fresh.after(card);
      htmx.process(card);
    }
    this.#take(fresh);
    this.#isTouched = !answer.ok;
  }

  /** @returns {HTMLFormElement | null} */
  #formIn(answer) {
    return answer?.page.querySelector("form.quick") ?? null;
  }

  #take(form) {
    this.#form = form;
    this.#isTouched = false;
    htmx.process(form);
    this.#focus();
  }

  #focus() {
    const first =
      this.#form.querySelector("[aria-invalid=true]") ??
      this.#form.querySelector("input:not([type=hidden]), textarea, select");
    first?.focus();
  }

  #close() {
    const lane = this.#form?.closest("[data-lane]");
    const hadFocus = this.#form?.contains(document.activeElement);
    this.#form?.remove();
    this.#form = null;
    if (hadFocus) lane.querySelector("[data-quick]")?.focus();
  }
}
