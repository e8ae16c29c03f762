// <s-search data-url="…/suggest"><ul class="facets">…</ul><form><input type="hidden"
// name="state"><input name="text" role="combobox"></form>…<ul role="listbox"></ul></s-search>
// Suggestions while typing; choosing one leads to its address. Without script the form
// leads to the first meaning.

import { send } from "./server.js";
import { Suggestions } from "./suggestions.js";
import { along } from "./words.js";

class Search extends HTMLElement {
  connectedCallback() {
    this.suggestions = new Suggestions({
      input: this.input,
      list: this.querySelector("[role=listbox]"),
      wants: (text) => text !== "",
      load: (text, signal) => this.#load(text.trim(), signal),
      choose: (line) => location.assign(line.dataset.url),
    });
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.querySelector(".facets")?.addEventListener("keydown", (event) => this.#walk(event));
  }

  /** @returns {HTMLInputElement} */
  get input() {
    return this.querySelector("input[name=text]");
  }

  /** @returns {HTMLElement[]} */
  get #facets() {
    return [...this.querySelectorAll(".facet-x")];
  }

  async #load(text, signal) {
    const state = this.querySelector("input[name=state]").value;
    const url = `${this.dataset.url}?${new URLSearchParams({ state, text })}`;
    const answer = await send(url, { accept: "text/html+options", signal });
    return answer?.ok ? [...answer.page.querySelectorAll("[role=option]")] : null;
  }

  #key(event) {
    if (event.isComposing) return;
    const { value, selectionStart, selectionEnd } = this.input;
    const atStart = selectionStart === 0 && selectionEnd === 0;
    if (!value && event.key === "ArrowDown") {
      document.getElementById("results")?.enter?.();
    } else if (this.suggestions.key(event)) {
      return;
    } else if (event.key === "Escape" && value) {
      this.input.value = "";
    } else if (event.key === "Tab" && !event.shiftKey && value && this.suggestions.isOpen) {
      this.suggestions.take(event);
    } else if (event.key === "Enter" && this.suggestions.take(event)) {
      // Taken: its address opens.
    } else if (event.key === "Backspace" && !value) {
      this.#facets.at(-1)?.click();
    } else if (along(event.key) === -1 && atStart && this.#facets.length) {
      this.#facets.at(-1).focus();
    } else {
      return;
    }
    event.preventDefault();
  }

  /** Arrows between the facets and the box; Backspace and Delete take one away. */
  #walk(event) {
    const facets = this.#facets;
    const at = facets.findIndex((facet) => facet.parentElement.contains(event.target));
    const step = along(event.key);
    if (step) (facets[at + step] ?? (step > 0 ? this.input : facets[0])).focus();
    else if (event.key === "Backspace" || event.key === "Delete") facets[at]?.click();
    else return;
    event.preventDefault();
  }
}

customElements.define("s-search", Search);
