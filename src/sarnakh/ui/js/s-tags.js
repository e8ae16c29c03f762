// <s-tags data-url="…" data-name="tags" data-remove="Remove"><span class="tag"><input
// type="hidden" name="tags" value="7"><bdi>…</bdi><button data-remove></span>…
// <input name="tags__text" role="combobox"><ul role="listbox" hidden></ul></s-tags>
// Chosen tags become chips; new ones travel by name in tags__text, as typed ones do.

import { folded, suggested } from "./linked.js";
import { Suggestions } from "./suggestions.js";
import { drawing } from "./words.js";

const COMMAS = /[,،;؛]/;

class Tags extends HTMLElement {
  connectedCallback() {
    this.suggestions = new Suggestions({
      input: this.text,
      list: this.querySelector("[role=listbox]"),
      load: (text, signal) => this.#load(text.trim(), signal),
      choose: (line) => this.#add(line),
    });
    this.text.addEventListener("keydown", (event) => this.#key(event));
    this.text.addEventListener("click", () => this.suggestions.now());
    this.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-remove]");
      if (button) this.#remove(button.closest(".tag"));
      else if (event.target === this) this.text.focus();
    });
    this.text.form?.addEventListener("formdata", (event) => {
      if (this.isConnected) this.#name(event.formData);
    });
  }

  /** @returns {HTMLInputElement} */
  get text() {
    return this.querySelector("[role=combobox]");
  }

  /** @returns {HTMLElement[]} */
  get chips() {
    return [...this.querySelectorAll(".tag")];
  }

  async #load(text, signal) {
    const lines = await suggested(this, text, signal);
    const present = new Set(this.chips.map((chip) => chip.querySelector("input").value));
    return lines?.filter((line) => !present.has(line.dataset.pk)) ?? null;
  }

  #key(event) {
    if (this.suggestions.key(event) || event.isComposing) return;
    const hasText = this.text.value.trim() !== "";
    if (event.key === "Backspace" && !this.text.value) {
      if (this.chips.length) this.#remove(this.chips.at(-1));
    } else if (event.key === "Tab") {
      if (hasText) this.suggestions.take(event);
      return;
    } else if (event.key === "Enter" ? hasText || this.suggestions.isOpen : this.#ends(event)) {
      this.suggestions.settled().then(() => this.suggestions.take(event) || this.#forget());
    } else {
      return;
    }
    event.preventDefault();
  }

  /** A comma ends the name of a tag. */
  #ends(event) {
    return this.text.value.trim() !== "" && COMMAS.test(event.key);
  }

  /** What was typed is there already. */
  #forget() {
    if (this.#has(this.text.value)) this.text.value = "";
  }

  #has(name) {
    return this.chips.some(
      (chip) => folded(chip.querySelector("bdi").textContent) === folded(name),
    );
  }

  #add(line) {
    const name = line.dataset.text ?? line.textContent.trim();
    this.text.value = "";
    if (!this.#has(name)) {
      const chip = drawing("tag");
      chip.classList.add(`tone-${line.dataset.tone ?? 0}`);
      chip.querySelector("bdi").textContent = name;
      const key = chip.querySelector("input");
      // In a line of a table the fields belong to the form of their row.
      const form = this.text.getAttribute("form");
      if (form) key.setAttribute("form", form);
      if (line.dataset.pk) Object.assign(key, { name: this.dataset.name, value: line.dataset.pk });
      else chip.dataset.made = name.replace(COMMAS, " ");
      chip.querySelector("button").setAttribute("aria-label", `${this.dataset.remove} ${name}`);
      this.text.before(chip);
    }
    this.#changed();
  }

  #remove(chip) {
    chip.remove();
    this.text.focus();
    this.#changed();
  }

  #changed() {
    this.text.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** @param {FormData} data */
  #name(data) {
    const made = this.chips.map((chip) => chip.dataset.made).filter(Boolean);
    if (made.length) {
      const typed = this.text.value.trim();
      data.set(this.text.name, [...made, ...(typed ? [typed] : [])].join("، "));
    }
  }
}

customElements.define("s-tags", Tags);
