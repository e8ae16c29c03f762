// <s-lines data-url="/orders/7/lines/lines">: a table whose cells save themselves. Each
// row is a form of its own (data-form); what comes back are the rows that are different
// now, and fresh totals. Without script every row has its own Save button.

import { dragged, stepped } from "./lines/ordering.js";
import { replaceRow } from "./lines/replacing.js";
import { complain, send, token } from "./server.js";

class Lines extends HTMLElement {
  /** @type {WeakMap<Element, Set<string>>} fields of a row that wait to be sent */
  #waiting = new WeakMap();
  /** Requests go one after the other: each needs the version that the last one made. */
  #queue = Promise.resolve();

  connectedCallback() {
    this.addEventListener("change", (event) => this.#changed(event));
    this.addEventListener("click", (event) => this.#click(event));
    this.addEventListener("keydown", (event) => this.#key(event));
    this.addEventListener("pointerdown", (event) => {
      const grip = event.target.closest("[data-grip]");
      if (grip) dragged(grip.closest("tr"), event, () => this.#order());
    });
    this.#focusBegun();
  }

  /** @returns {HTMLElement} */
  get body() {
    return this.querySelector("tbody");
  }

  #changed(event) {
    const row = event.target.closest("tr[data-key]");
    const name = event.target.name?.split("__")[0];
    if (!row || !name) return;
    if (!this.#waiting.has(row)) this.#waiting.set(row, new Set());
    this.#waiting.get(row).add(name);
    this.#later(() => this.#save(row));
  }

  #later(work) {
    this.#queue = this.#queue.then(work);
    return this.#queue;
  }

  async #save(row) {
    const names = this.#waiting.get(row);
    if (!names?.size || !row.isConnected) return;
    this.#waiting.delete(row);
    const data = new FormData(formOf(row));
    const isNew = row.dataset.key === "new";
    for (const key of [...data.keys()]) {
      const isAsked = isNew || ["version", "add"].includes(key) || names.has(key.split("__")[0]);
      if (!isAsked) data.delete(key);
    }
    const url = isNew ? this.dataset.url : `${this.dataset.url}/${row.dataset.key}`;
    await this.#post(url, data, row);
  }

  async #post(url, data, row = null) {
    this.setAttribute("aria-busy", "true");
    const answer = await send(url, { method: "POST", body: data });
    this.removeAttribute("aria-busy");
    if (!answer) return;
    const body = answer.page.querySelector("tbody");
    if (!body) {
      complain(answer);
      return;
    }
    this.#take(answer.page, row);
  }

  #take(page, row) {
    const body = page.querySelector("tbody");
    for (const key of (body.dataset.gone ?? "").split(" ").filter(Boolean)) {
      this.#row(key)?.remove();
      document.getElementById(`${this.id}-${key}`)?.remove();
    }
    let last = row;
    for (const fresh of [...body.children]) {
      const old = this.#row(fresh.dataset.key) ?? (fresh.dataset.was && this.#row(fresh.dataset.was));
      const line = /** @type {HTMLElement} */ (document.adoptNode(fresh));
      if (old) replaceRow(old, line, this.#waiting.get(old));
      else if (last?.isConnected) last.after(line);
      else this.body.append(line);
      last = line;
    }
    const foot = page.querySelector(".lines-foot");
    const place = this.querySelector(".lines-foot");
    if (foot && place) place.replaceWith(document.adoptNode(foot));
    this.querySelector(".lines-empty")?.remove();
  }

  /** @returns {HTMLElement | null} */
  #row(key) {
    return this.body.querySelector(`:scope > tr[data-key="${CSS.escape(key)}"]`);
  }

  #click(event) {
    const add = event.target.closest("a[data-add]");
    if (add) {
      event.preventDefault();
      this.#later(() => this.#begin(add.dataset.add));
      return;
    }
    const remove = event.target.closest("[data-remove-line]");
    if (!remove) return;
    event.preventDefault();
    const row = remove.closest("tr");
    if (row.dataset.key === "new") {
      row.remove();
      return;
    }
    const data = new FormData();
    data.set("csrfmiddlewaretoken", token());
    this.#later(() => this.#post(`${this.dataset.url}/${row.dataset.key}/delete`, data));
  }

  async #begin(name) {
    if (!this.#row("new")) {
      const answer = await send(`${this.dataset.url}?add=${encodeURIComponent(name)}`);
      if (!answer?.ok) {
        if (answer) complain(answer);
        return;
      }
      const row = document.adoptNode(answer.page.querySelector("tbody > tr"));
      this.querySelector(".lines-empty")?.remove();
      this.body.append(row);
    }
    this.#focusBegun();
  }

  #focusBegun() {
    const field = this.#row("new")?.querySelector("textarea, input:not([type=hidden]), select");
    if (field instanceof HTMLElement) {
      field.focus();
      this.scrollIntoView({ block: "nearest" });
    }
  }

  #key(event) {
    if (event.defaultPrevented || event.isComposing) return;
    const grip = event.target.closest("[data-grip]");
    if (grip && ["ArrowUp", "ArrowDown"].includes(event.key)) {
      event.preventDefault();
      if (stepped(grip.closest("tr"), event.key === "ArrowUp" ? -1 : 1)) this.#order();
      grip.focus();
      return;
    }
    if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
    // Enter goes down the column, and begins a line below the last one.
    event.preventDefault();
    const cell = event.target.closest("td");
    const next = cell?.parentElement.nextElementSibling;
    event.target.dispatchEvent(new Event("change", { bubbles: true }));
    if (!next) this.querySelector("a[data-add]")?.click();
    else next.children[cell.cellIndex]?.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  }

  #order() {
    const data = new FormData();
    data.set("csrfmiddlewaretoken", token());
    for (const row of this.body.children) {
      if (row.dataset.key !== "new") data.append("key", row.dataset.key);
    }
    this.#later(() => this.#post(`${this.dataset.url}/order`, data));
  }
}

/** The form of a row; a row that came later brings none with it. */
function formOf(row) {
  const known = document.getElementById(row.dataset.form);
  if (known instanceof HTMLFormElement) return known;
  const form = document.createElement("form");
  form.id = row.dataset.form;
  form.hidden = true;
  document.body.append(form);
  return form;
}

customElements.define("s-lines", Lines);
