// <s-mention data-people="…"><textarea></textarea></s-mention>
// Typing "@" and letters offers colleagues. Choosing one writes the name and adds a
// hidden field with the id; the server goes by the names that are left in the text.

const TYPED = /(?:^|[\s(«"'،,])@([^@\n]{0,40})$/u;

class Mention extends HTMLElement {
  #list = null;
  #timer = 0;
  #asked = 0;

  connectedCallback() {
    this.text.setAttribute("aria-autocomplete", "list");
    this.addEventListener("input", () => this.#later());
    this.addEventListener("keydown", (event) => this.#key(event));
    this.addEventListener("focusout", () => setTimeout(() => this.#close(), 150));
    this.addEventListener("mousedown", (event) => {
      const option = event.target.closest("[role=option]");
      if (!option) return;
      event.preventDefault();
      this.#choose(option);
    });
  }

  /** @returns {HTMLTextAreaElement} */
  get text() {
    return this.querySelector("textarea");
  }

  /** What was typed after the last at-sign before the caret; null without one. */
  get typed() {
    const before = this.text.value.slice(0, this.text.selectionStart);
    return before.match(TYPED)?.[1] ?? null;
  }

  #later() {
    clearTimeout(this.#timer);
    if (this.typed === null) this.#close();
    else this.#timer = setTimeout(() => this.#ask(), 150);
  }

  async #ask() {
    const typed = this.typed;
    const number = ++this.#asked;
    if (typed === null) return;
    const url = `${this.dataset.people}?q=${encodeURIComponent(typed)}`;
    const answer = await fetch(url, { headers: { "HX-Request": "true" } }).catch(() => null);
    // An older answer may come late.
    if (!answer?.ok || number !== this.#asked || this.typed === null) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    this.#show(page.querySelector("[role=listbox]"));
  }

  #show(list) {
    this.#close();
    if (!list?.children.length) return;
    this.#list = document.importNode(list, true);
    this.append(this.#list);
    this.#mark(this.#list.firstElementChild);
  }

  #close() {
    this.#list?.remove();
    this.#list = null;
  }

  #key(event) {
    if (!this.#list || event.isComposing) return;
    const marked = this.#list.querySelector("[aria-selected=true]");
    const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    if (step) this.#mark(marked?.[step] ?? marked);
    else if (event.key === "Enter" || event.key === "Tab") this.#choose(marked);
    else if (event.key === "Escape") this.#close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #mark(option) {
    for (const one of this.#list.children) one.setAttribute("aria-selected", String(one === option));
    option?.scrollIntoView({ block: "nearest" });
  }

  #choose(option) {
    if (!option || this.typed === null) return;
    const end = this.text.selectionStart;
    const start = end - this.typed.length;
    this.text.setRangeText(`${option.dataset.name} `, start, end, "end");
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "mentions", value: option.dataset.user });
    this.append(field);
    this.#close();
    this.text.focus();
  }
}

customElements.define("s-mention", Mention);
