// <s-path data-url="…/filter/fields" data-name="r-0.p" data-path="customer.country"
// data-label="Customer › Country" data-title="Field"><select>…</select></s-path>
// A field path to search by label; the arrow of a link (or the arrow key that points
// along the line) steps into the linked type. Without script the lists do the work.

import { send } from "./server.js";
import { Suggestions } from "./suggestions.js";
import { along } from "./words.js";

class Path extends HTMLElement {
  /** The link whose fields are on show. */
  #within = "";
  /** Whether the text is a search, and not the path that stands there. */
  #isTyped = false;

  connectedCallback() {
    if (this.text) return;
    const lists = [...this.querySelectorAll("select")];
    const error = lists[0].getAttribute("aria-describedby");
    this.append(this.#drawn(lists[0], error));
    for (const list of lists) list.remove();
    this.suggestions = new Suggestions({
      input: this.text,
      list: this.querySelector("[role=listbox]"),
      load: (text, signal) => this.#load(text.trim(), signal),
      choose: (line, event) => this.#choose(line, event),
    });
    this.text.addEventListener("focus", () => this.text.select());
    this.text.addEventListener("blur", () => this.#rest());
    this.text.addEventListener("input", () => (this.#isTyped = true));
    this.text.addEventListener("click", () => {
      if (!this.suggestions.isOpen) this.suggestions.now();
    });
    this.text.addEventListener("keydown", (event) => this.#key(event));
    // What is typed to search is no change of the filter.
    for (const name of ["input", "change"]) {
      this.text.addEventListener(name, (event) => event.stopPropagation());
    }
  }

  /** @returns {HTMLInputElement | null} */
  get text() {
    return this.querySelector("[role=combobox]");
  }

  /** @returns {HTMLInputElement} */
  get key() {
    return this.querySelector("input[type=hidden]");
  }

  #drawn(list, error) {
    const { name, path, label, title } = this.dataset;
    const combo = document.createElement("div");
    combo.className = "combo";
    const key = document.createElement("input");
    Object.assign(key, { type: "hidden", name, value: path });
    const text = document.createElement("input");
    Object.assign(text, { className: "bare", id: list.id, value: label, autocomplete: "off" });
    text.dir = "auto";
    text.autofocus = list.autofocus;
    text.setAttribute("role", "combobox");
    text.setAttribute("aria-label", title);
    text.setAttribute("aria-expanded", "false");
    text.setAttribute("aria-controls", `${list.id}-options`);
    if (error) text.setAttribute("aria-describedby", error);
    const options = document.createElement("ul");
    Object.assign(options, { className: "options", id: `${list.id}-options`, hidden: true });
    options.setAttribute("role", "listbox");
    options.setAttribute("aria-label", title);
    combo.append(key, text, options);
    return combo;
  }

  async #load(text, signal) {
    const wanted = this.#isTyped ? text : "";
    const query = new URLSearchParams({ text: wanted, within: this.#within });
    const url = `${this.dataset.url}?${query}`;
    const answer = await send(url, { accept: "text/html+options", signal });
    return answer?.ok ? [...answer.page.querySelectorAll("[role=option]")] : null;
  }

  #key(event) {
    const line = this.suggestions.isOpen ? this.suggestions.marked : null;
    if (line && along(event.key) === 1 && line.dataset.steps) {
      event.preventDefault();
      this.#step(line.dataset.path);
    } else if (line && along(event.key) === -1 && this.#within) {
      event.preventDefault();
      this.#step(this.#within.split(".").slice(0, -1).join("."));
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.suggestions.settled().then(() => this.suggestions.take(event));
    } else {
      this.suggestions.key(event);
    }
  }

  #choose(line, event) {
    const isStep = event.type === "click" && event.target.closest("[data-step]");
    if (line.dataset.within !== undefined) this.#step(line.dataset.within);
    else if (isStep) this.#step(line.dataset.path);
    else this.#take(line.dataset.path, line.dataset.text);
  }

  #step(path) {
    this.#within = path;
    this.#isTyped = false;
    this.text.value = "";
    this.suggestions.now();
  }

  #take(path, label) {
    this.key.value = path;
    this.dataset.label = label;
    this.#rest();
    this.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** A search that was left alone changes nothing. */
  #rest() {
    this.text.value = this.dataset.label;
    this.#within = "";
    this.#isTyped = false;
  }
}

customElements.define("s-path", Path);
