// <s-link data-url="…/choose/partner" [data-creates]><input type="hidden" name="partner">
// <input name="partner__text" role="combobox"><ul role="listbox" hidden></ul></s-link>
// Choosing a record writes its id; typing on clears it again. "Create …" ticks
// partner__new. Without script the server finds the record by its name.

import { fill } from "./form/fill.js";
import { suggested } from "./linked.js";
import { Suggestions } from "./suggestions.js";

class Link extends HTMLElement {
  connectedCallback() {
    this.suggestions = new Suggestions({
      input: this.text,
      list: this.querySelector("[role=listbox]"),
      load: (text, signal) => suggested(this, this.#isChosen ? "" : text.trim(), signal),
      choose: (line) => this.#choose(line),
    });
    this.text.addEventListener("input", () => this.#clear());
    this.text.addEventListener("keydown", (event) => this.#key(event));
    this.text.addEventListener("click", () => {
      if (!this.suggestions.isOpen) this.suggestions.now();
    });
  }

  /** @returns {HTMLInputElement} */
  get text() {
    return this.querySelector("[role=combobox]");
  }

  /** @returns {HTMLInputElement} */
  get key() {
    return this.querySelector("input[type=hidden]");
  }

  get #isChosen() {
    return this.key.value !== "";
  }

  #clear() {
    this.key.value = "";
    this.querySelector(`[name="${this.key.name}__new"]`)?.remove();
    this.querySelector(".combo-open")?.remove();
  }

  #choose(line) {
    this.#clear();
    this.text.value = line.dataset.text ?? line.textContent.trim();
    this.key.value = line.dataset.pk ?? "";
    if (line.dataset.new) {
      const wish = document.createElement("input");
      Object.assign(wish, { type: "hidden", name: `${this.key.name}__new`, value: "1" });
      // In a line of a table the fields belong to the form of their row.
      const form = this.key.getAttribute("form");
      if (form) wish.setAttribute("form", form);
      this.append(wish);
    }
    this.text.dispatchEvent(new Event("change", { bubbles: true }));
    fill(this.text.form, this.key.name);
  }

  #key(event) {
    if (this.suggestions.key(event) || event.isComposing) return;
    const isOpenText = this.text.value.trim() !== "" && !this.#isChosen;
    if (event.key === "Tab" && isOpenText) this.suggestions.take(event);
    if (event.key !== "Enter") return;
    if (this.suggestions.isOpen) {
      this.suggestions.take(event);
      event.preventDefault();
    } else if (isOpenText && !this.querySelector(`[name="${this.key.name}__new"]`)) {
      // Enter right after the last letter: first see what the text means.
      event.preventDefault();
      this.suggestions.settled().then(() => this.suggestions.take(event));
    }
  }
}

customElements.define("s-link", Link);
