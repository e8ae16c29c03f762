// <s-list data-base data-total><form id="selection">…</form><table class="list">…</s-list>
// Choosing rows (boxes, ranges by Shift, the whole page, the whole search), walking by
// keys, and opening a record by a press anywhere on its row.

import { number } from "./digits.js";
import { word } from "./words.js";

const OWN_USE = "a, button, input, select, textarea, label, summary, .pick, [popover]";
const REST = 450;

class List extends HTMLElement {
  /** @type {HTMLInputElement | null} where a range begins */
  #anchor = null;
  #restTimer = 0;
  #hasRested = false;

  connectedCallback() {
    this.addEventListener("change", (event) => this.#changed(event));
    this.addEventListener("click", (event) => this.#click(event));
    this.addEventListener("auxclick", (event) => event.button === 1 && this.#open(event, true));
    this.addEventListener("keydown", (event) => this.#key(event));
    this.addEventListener("focusin", (event) => this.#reach(event.target.closest("tbody tr")));
    this.addEventListener("touchstart", (event) => this.#rest(event), { passive: true });
    for (const name of ["touchmove", "touchcancel"]) {
      this.addEventListener(name, () => clearTimeout(this.#restTimer), { passive: true });
    }
    this.addEventListener("touchend", (event) => {
      clearTimeout(this.#restTimer);
      // The finger that began choosing does not press as well.
      if (this.#hasRested) event.preventDefault();
      this.#hasRested = false;
    });
    this.#reach(this.#rows[0]);
    this.#show();
  }

  /** @returns {HTMLTableRowElement[]} */
  get #rows() {
    return [...this.querySelectorAll("tbody > tr:has(a)")];
  }

  /** @returns {HTMLInputElement[]} */
  get #boxes() {
    return [...this.querySelectorAll("tbody input[name=pk]")];
  }

  /** @returns {HTMLTableRowElement | undefined} */
  get #row() {
    return this.#rows.find((row) => row.contains(document.activeElement));
  }

  /** From the search box into the rows. */
  enter() {
    this.#focus(this.querySelector("tr.current") ?? this.#rows[0]);
  }

  /**
   * The next or previous row gets the focus.
   * @param {number} by
   * @param {boolean} [isChoosing] the rows on the way are chosen
   */
  step(by, isChoosing = false) {
    const row = this.#row;
    if (!row) {
      this.enter();
      return;
    }
    const next = this.#rows[this.#rows.indexOf(row) + by];
    if (!next) return;
    if (isChoosing) for (const one of [row, next]) this.#choose(box(one), true);
    this.#focus(next);
  }

  /** Choose the row that has the focus, or leave it out. */
  toggle() {
    const found = box(this.#row ?? this.querySelector("tr.current"));
    if (found) this.#choose(found, !found.checked);
  }

  #key(event) {
    const isOnRow = event.target === this.#row;
    if (event.defaultPrevented || !isOnRow || event.ctrlKey || event.metaKey || event.altKey) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) this.step(by, event.shiftKey);
    else if (event.key === " ") this.toggle();
    else if (event.key === "Enter") link(this.#row)?.click();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #click(event) {
    const target = event.target;
    if (target.closest("[data-select-all]")) this.#chooseAll();
    else if (target.closest("[data-clear]")) this.#clear();
    else if (target.matches("input[name=pk]")) this.#range(event, target);
    else if (target.matches("td.pick")) target.querySelector("input")?.click();
    else if (this.querySelector(".list.selecting") && target.closest("tr[data-pk]")) {
      event.preventDefault();
      box(target.closest("tr"))?.click();
    } else this.#open(event, event.ctrlKey || event.metaKey);
  }

  /** A press on a row that is on nothing else opens the record. */
  #open(event, isElsewhere) {
    const row = event.target.closest("tr[data-pk]");
    if (!row || event.target.closest(OWN_USE) || !getSelection().isCollapsed) return;
    const { href } = link(row);
    if (isElsewhere) window.open(href, "_blank", "noopener");
    else location.assign(href);
  }

  #range(event, target) {
    const boxes = this.#boxes;
    if (event.shiftKey && this.#anchor) {
      const ends = [boxes.indexOf(this.#anchor), boxes.indexOf(target)].sort((a, b) => a - b);
      for (const one of boxes.slice(ends[0], ends[1] + 1)) one.checked = target.checked;
    }
    this.#anchor = target;
    this.#show();
  }

  #changed(event) {
    if (event.target.matches("[data-pick-page]")) {
      for (const one of this.#boxes) one.checked = event.target.checked;
    } else if (!event.target.matches("input[name=pk]")) return;
    this.#all.value = "";
    this.#show();
  }

  #choose(found, isChosen) {
    if (!found) return;
    found.checked = isChosen;
    this.#anchor = found;
    this.#all.value = "";
    this.#show();
  }

  #chooseAll() {
    for (const one of this.#boxes) one.checked = true;
    this.#all.value = "1";
    this.#show();
  }

  #clear() {
    for (const one of this.#boxes) one.checked = false;
    this.#all.value = "";
    this.#show();
    this.enter();
  }

  /** @returns {HTMLInputElement} */
  get #all() {
    return this.querySelector("input[name=all]");
  }

  /** Bar, counts and the box in the head say what is chosen. */
  #show() {
    const boxes = this.#boxes;
    const chosen = boxes.filter((one) => one.checked).length;
    const total = Number(this.dataset.total);
    const isAll = this.#all.value !== "";
    const isPage = chosen > 0 && chosen === boxes.length;
    this.querySelector(".selection").hidden = !chosen;
    const text = word(isAll ? "allSelected" : "selected", { n: number(isAll ? total : chosen) });
    this.querySelector("[data-selected]").textContent = text;
    this.querySelector("[data-select-all]").hidden = isAll || !isPage || total <= boxes.length;
    const page = this.querySelector("[data-pick-page]");
    page.checked = isPage;
    page.indeterminate = chosen > 0 && !isPage;
    if (!chosen) this.querySelector(".list").classList.remove("selecting");
  }

  #focus(row) {
    if (!row) return;
    this.#reach(row);
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  /** One row is the way in for Tab. */
  #reach(row) {
    if (!row) return;
    for (const one of this.querySelectorAll("tr[tabindex]")) {
      one.tabIndex = -1;
      one.classList.remove("current");
    }
    row.tabIndex = 0;
    row.classList.add("current");
  }

  /** On a phone a finger that rests on a row begins choosing. */
  #rest(event) {
    const row = event.target.closest("tr[data-pk]");
    if (!row || this.querySelector(".list.selecting")) return;
    this.#restTimer = window.setTimeout(() => {
      this.#hasRested = true;
      this.querySelector(".list").classList.add("selecting");
      this.#choose(box(row), true);
      navigator.vibrate?.(10);
    }, REST);
  }
}

function box(row) {
  return row?.querySelector("input[name=pk]") ?? null;
}

function link(row) {
  return row.querySelector("td.main a, th a");
}

customElements.define("s-list", List);
