// <dialog class="palette"><s-palette data-url="/palette"><input role="combobox">
// <div role="listbox"></div></s-palette></dialog>
// Records, places and commands by name; Ctrl+K opens it from everywhere. What was typed
// on the wrong keyboard layout is found as well.

import { otherLayout } from "./layouts.js";
import { send } from "./server.js";
import { Suggestions } from "./suggestions.js";

class Palette extends HTMLElement {
  connectedCallback() {
    this.suggestions = new Suggestions({
      input: this.input,
      list: this.querySelector("[role=listbox]"),
      stays: true,
      load: (text, signal) => this.#load(text.trim(), signal),
      choose: (line, event) => this.#choose(line, event),
    });
    this.closest("dialog").addEventListener("opened", () => this.#open());
    this.input.addEventListener("keydown", (event) => {
      if (this.suggestions.key(event) || event.isComposing || event.key !== "Enter") return;
      event.preventDefault();
      const { ctrlKey, metaKey } = event;
      this.suggestions.settled().then(() => this.suggestions.take({ ctrlKey, metaKey }));
    });
  }

  /** @returns {HTMLInputElement} */
  get input() {
    return this.querySelector("[role=combobox]");
  }

  /** What was typed the last time is ready to be replaced. */
  #open() {
    this.input.focus();
    this.input.select();
    this.suggestions.now();
  }

  async #load(text, signal) {
    const query = new URLSearchParams({ text, alt: otherLayout(text) });
    const answer = await send(`${this.dataset.url}?${query}`, {
      accept: "text/html+options",
      signal,
    });
    if (!answer?.ok) return null;
    for (const line of answer.page.querySelectorAll(".menu-item")) {
      line.setAttribute("role", "option");
      line.tabIndex = -1;
    }
    return [...answer.page.body.children];
  }

  #choose(line, event) {
    const link = line.matches("a") ? line : line.querySelector("a");
    if (!link) {
      this.closest("dialog").close();
      line.click();
    } else if (event.type === "click") {
      // The link opens by itself, in a new tab if wished.
    } else if (event.ctrlKey || event.metaKey) {
      window.open(link.href, "_blank", "noopener");
    } else {
      link.click();
    }
  }
}

customElements.define("s-palette", Palette);
