// <s-date data-url="/calendar"><input><button class="date-open"></button></s-date>
// A month to choose from, in the reader's calendar; the server does the reckoning.
// Typing a date works as well, and is all there is without script.

import { openAt, wasOpen } from "./menus.js";
import { sendForJson } from "./server.js";
import { along, drawing } from "./words.js";

const CLOCK = /\s+[\d۰-۹٠-٩]{1,2}:[\d۰-۹٠-٩]{2}\s*$/;

class DateField extends HTMLElement {
  /** @type {HTMLElement | null} */
  #panel = null;
  /** @type {any} the month on show */
  #month = null;
  /** The day that has the focus, or will have it when its month has come. */
  #at = "";
  /** @type {Promise<void>} the steps on their way */
  #walking = Promise.resolve();

  connectedCallback() {
    this.button.addEventListener("click", () => {
      if (!wasOpen(this.#panel)) this.open();
    });
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" && event.altKey) {
        event.preventDefault();
        this.open();
      }
    });
  }

  /** @returns {HTMLInputElement} */
  get input() {
    return this.querySelector("input");
  }

  /** @returns {HTMLButtonElement} */
  get button() {
    return this.querySelector(".date-open");
  }

  async open() {
    this.#panel ??= this.#build();
    if (!(await this.#load())) return;
    openAt(this.#panel, this);
    this.#focus(this.#month.chosen ?? this.#month.today);
  }

  #build() {
    const panel = drawing("calendar");
    panel.addEventListener("click", (event) => this.#press(event));
    panel.addEventListener("focusin", (event) => {
      this.#at = event.target.dataset.iso ?? this.#at;
    });
    panel.addEventListener("keydown", (event) => this.#key(event));
    this.append(panel);
    return panel;
  }

  /** @param {{month?: string}} [wanted] a day of the month; else that of the field */
  async #load(wanted = {}) {
    const text = this.input.value.replace(CLOCK, "");
    const query = new URLSearchParams({ text, ...wanted });
    const month = await sendForJson(`${this.dataset.url}?${query}`);
    if (!month) return false;
    this.#month = month;
    this.#draw();
    return true;
  }

  #draw() {
    const { title, weekdays, days, chosen } = this.#month;
    this.#panel.querySelector("[data-title]").textContent = title;
    this.#panel.querySelector("thead tr").replaceChildren(
      ...weekdays.map(({ label, name }) => {
        const cell = element("th", label);
        cell.scope = "col";
        cell.setAttribute("abbr", name);
        return cell;
      }),
    );
    const weeks = [];
    for (let at = 0; at < days.length; at += 7) {
      const row = element("tr");
      row.setAttribute("role", "row");
      row.append(...days.slice(at, at + 7).map((day) => this.#cell(day, chosen)));
      weeks.push(row);
    }
    this.#panel.querySelector("tbody").replaceChildren(...weeks);
  }

  #cell(day, chosen) {
    const cell = element("td");
    cell.setAttribute("role", "gridcell");
    cell.className = day.other ? "other" : day.off ? "off" : "";
    const button = element("button", day.label);
    Object.assign(button, { type: "button", tabIndex: -1 });
    Object.assign(button.dataset, { iso: day.iso, text: day.text });
    button.setAttribute("aria-label", day.name);
    button.setAttribute("aria-pressed", String(day.iso === chosen));
    if (day.today) button.setAttribute("aria-current", "date");
    cell.append(button);
    return cell;
  }

  #press(event) {
    const button = event.target.closest("button");
    if (button?.dataset.iso) this.#take(button.dataset.text);
    else if (button?.dataset.turn) this.#turn(button.dataset.turn);
    else if (button?.matches("[data-clear]")) this.#take("");
    else if (button?.matches("[data-today]")) this.#take(this.#month.today_text);
  }

  #take(text) {
    const clock = text && (this.input.value.match(CLOCK)?.[0].trimEnd() ?? "");
    this.input.value = text + clock;
    this.#panel.hidePopover();
    this.input.focus();
    for (const name of ["input", "change"]) {
      this.input.dispatchEvent(new Event(name, { bubbles: true }));
    }
  }

  /** Keys wait for the month that an earlier one asked for. */
  #key(event) {
    const isOurs = /^(Arrow|Page)|^(Home|End)$/.test(event.key);
    if (!event.target.dataset?.iso || !isOurs) return;
    event.preventDefault();
    event.stopPropagation();
    this.#walking = this.#walking.then(() => this.#walk(event.key));
  }

  #walk(key) {
    const step = along(key) || { ArrowDown: 7, ArrowUp: -7 }[key];
    if (step) return this.#go(shifted(this.#at, step));
    if (key === "PageUp") return this.#turn("previous", this.#at);
    if (key === "PageDown") return this.#turn("next", this.#at);
    const here = this.#panel.querySelector(`[data-iso="${this.#at}"]`);
    const week = [...(here?.closest("tr").querySelectorAll("button") ?? [])];
    return week.at(key === "Home" ? 0 : -1)?.focus();
  }

  async #go(iso) {
    this.#at = iso;
    const cell = this.#panel.querySelector(`[data-iso="${iso}"]`)?.parentElement;
    if (cell && !cell.matches(".other")) this.#focus(iso);
    else if (await this.#load({ month: iso })) this.#focus(this.#at);
  }

  /** The month before or after; the focus stays on the same day of the month. */
  async #turn(where, from) {
    const number = from ? this.#own().findIndex((day) => day.iso === from) : -1;
    if (!(await this.#load({ month: this.#month[where] }))) return;
    const days = this.#own();
    const day = days[Math.min(Math.max(number, 0), days.length - 1)];
    if (number >= 0) this.#focus(day.iso);
    else this.#reach(day.iso);
  }

  #own() {
    return this.#month.days.filter((day) => !day.other);
  }

  #focus(iso) {
    this.#at = iso;
    this.#reach(iso)?.focus();
  }

  /** Makes one day the way into the grid for Tab. */
  #reach(iso) {
    const day = this.#panel.querySelector(`[data-iso="${iso}"]`);
    for (const one of this.#panel.querySelectorAll("[data-iso]")) {
      one.tabIndex = one === day ? 0 : -1;
    }
    return day;
  }
}

/**
 * @param {string} iso a day
 * @param {number} days how many days later
 */
function shifted(iso, days) {
  const day = new Date(`${iso}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}

function element(name, text = "") {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

customElements.define("s-date", DateField);
