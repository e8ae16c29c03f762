// What search box, link fields, tags and palette share: an input with a list of
// suggestions under it, as a combobox (arrows, Enter, Tab, Escape; the pointer too).

const PAUSE = 120;

/**
 * @typedef {object} Wishes
 * @property {HTMLInputElement} input
 * @property {HTMLElement} list
 * @property {(text: string, signal: AbortSignal) => Promise<Element[] | null>} load
 *   lines for a text; null to leave the list as it is
 * @property {(line: HTMLElement, event: Event) => void} choose
 * @property {(text: string) => boolean} [wants] whether a text is worth asking about
 * @property {boolean} [stays] the list is always open
 */

const GAP = 5;
const LOWEST = 260;
/** @type {[HTMLElement, HTMLElement] | null} the list above the page, and its input */
let lifted = null;

addEventListener("scroll", () => lifted && lift(...lifted), { capture: true, passive: true });

/**
 * A table that scrolls sideways would cut the list off: there it lies above the page.
 * @param {HTMLElement} list
 * @param {HTMLElement} input
 */
function lift(list, input) {
  if (!list.closest(".lines-wrap") || !list.showPopover) return;
  list.popover = "manual";
  lifted = [list, input];
  if (!list.matches(":popover-open")) list.showPopover();
  const box = (input.closest(".control") ?? input).getBoundingClientRect();
  const width = Math.min(Math.max(box.width, LOWEST), innerWidth - 2 * GAP);
  const isRtl = getComputedStyle(input).direction === "rtl";
  const start = isRtl ? box.right - width : box.left;
  const isLow = box.bottom + LOWEST > innerHeight && box.top > innerHeight - box.bottom;
  list.style.inlineSize = `${width}px`;
  list.style.left = `${Math.max(GAP, Math.min(start, innerWidth - width - GAP))}px`;
  list.style.top = isLow ? "auto" : `${box.bottom + GAP}px`;
  list.style.bottom = isLow ? `${innerHeight - box.top + GAP}px` : "auto";
}

/** @param {HTMLElement} list */
function lower(list) {
  if (lifted?.[0] === list) lifted = null;
  if (list.popover && list.matches(":popover-open")) list.hidePopover();
}

export class Suggestions {
  /** @type {Wishes} */
  #wishes;
  #timer = 0;
  /** @type {AbortController | null} */
  #asking = null;
  /** @type {Promise<void> | null} what is on its way */
  #coming = null;

  /** @param {Wishes} wishes */
  constructor(wishes) {
    this.#wishes = wishes;
    const { input, list } = wishes;
    input.setAttribute("aria-autocomplete", "list");
    input.addEventListener("input", (event) => {
      if (!event.isComposing) this.later();
    });
    input.addEventListener("compositionend", () => this.later());
    if (!wishes.stays) input.addEventListener("blur", () => this.close());
    // Pressing a line must not take the focus away from the input.
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const line = /** @type {Element} */ (event.target).closest("[role=option]");
      if (line) this.#choose(line, event);
    });
  }

  get isOpen() {
    return !this.#wishes.list.hidden;
  }

  /** @returns {HTMLElement | null} */
  get marked() {
    return this.#wishes.list.querySelector("[aria-selected=true]");
  }

  /** Ask when the typing pauses. */
  later() {
    this.#forget();
    if (!this.#wants()) {
      this.close();
      return;
    }
    this.#coming = new Promise((resolve) => {
      this.#timer = window.setTimeout(() => this.now().then(resolve), PAUSE);
    });
  }

  /** Ask at once. */
  async now() {
    this.#forget();
    const asking = (this.#asking = new AbortController());
    const lines = await this.#wishes.load(this.#wishes.input.value, asking.signal);
    if (asking.signal.aborted || !lines) return;
    this.#show(lines);
  }

  /** Wait for what was asked last, so that Enter takes what belongs to the text. */
  async settled() {
    await this.#coming;
  }

  close() {
    this.#forget();
    if (this.#wishes.stays) return;
    this.#wishes.list.hidden = true;
    lower(this.#wishes.list);
    this.#wishes.input.setAttribute("aria-expanded", "false");
    this.#wishes.input.removeAttribute("aria-activedescendant");
  }

  /**
   * Up, down and Escape; whether the key was ours.
   * @param {KeyboardEvent} event
   * @returns {boolean}
   */
  key(event) {
    if (event.isComposing) return false;
    if (event.key === "Escape" && this.isOpen && !this.#wishes.stays) {
      this.close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!this.isOpen) this.now();
      else this.#step(event.key === "ArrowDown" ? 1 : -1);
    } else {
      return false;
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  /**
   * Choose the marked line; whether there was one.
   * @param {Event} event
   */
  take(event) {
    const line = this.isOpen ? this.marked : null;
    if (line) this.#choose(line, event);
    return Boolean(line);
  }

  #wants() {
    const { wants, input } = this.#wishes;
    return wants ? wants(input.value.trim()) : true;
  }

  #forget() {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    this.#asking = null;
    this.#coming = null;
  }

  #show(lines) {
    const { list, input } = this.#wishes;
    list.replaceChildren(...lines.map((line) => document.adoptNode(line)));
    this.#lines().forEach((line, number) => {
      line.id = `${list.id}-${number}`;
      line.setAttribute("role", "option");
    });
    list.hidden = !list.children.length;
    if (list.hidden) lower(list);
    else lift(list, input);
    input.setAttribute("aria-expanded", String(!list.hidden));
    list.scrollTop = 0;
    this.#mark(this.#lines()[0]);
  }

  /** @returns {HTMLElement[]} */
  #lines() {
    return [
      ...this.#wishes.list.querySelectorAll(
        "[role=option]:not([aria-disabled=true]), .menu-item:not([aria-disabled=true])",
      ),
    ];
  }

  #step(by) {
    const lines = this.#lines();
    const at = this.marked ? lines.indexOf(this.marked) : -1;
    this.#mark(lines[(at + by + lines.length) % lines.length]);
  }

  #mark(line) {
    const { list, input } = this.#wishes;
    for (const one of list.querySelectorAll("[role=option]")) {
      one.setAttribute("aria-selected", String(one === line));
      one.classList.toggle("active", one === line);
    }
    if (!line) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    input.setAttribute("aria-activedescendant", line.id);
    line.scrollIntoView({ block: "nearest" });
  }

  #choose(line, event) {
    if (line.getAttribute("aria-disabled") === "true") return;
    this.close();
    this.#wishes.choose(line, event);
  }
}
