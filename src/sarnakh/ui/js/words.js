// Words and small drawings that scripts need, written by the server in the reader's
// language: <template id="words" data-offline="…"> and <template id="t-toast">…</template>.

const words = document.getElementById("words")?.dataset ?? {};

/**
 * A text in the reader's language, its {places} filled.
 * @param {string} name
 * @param {Record<string, string>} [values]
 * @returns {string}
 */
export function word(name, values = {}) {
  return (words[name] ?? "").replace(/\{(\w+)\}/g, (_all, key) => values[key] ?? "");
}

/**
 * A fresh copy of a drawing.
 * @param {string} name
 * @returns {HTMLElement}
 */
export function drawing(name) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById(`t-${name}`));
  return /** @type {HTMLElement} */ (template.content.firstElementChild.cloneNode(true));
}

/** Whether the page runs from right to left. */
export const isRtl = document.documentElement.dir === "rtl";

/**
 * +1 or −1 along the line for an arrow key, as the eye sees it; 0 for other keys.
 * @param {string} key
 * @returns {number}
 */
export function along(key) {
  if (key === "ArrowRight") return isRtl ? -1 : 1;
  if (key === "ArrowLeft") return isRtl ? 1 : -1;
  return 0;
}

/**
 * Say something to people who listen to the page.
 * @param {string} text
 */
export function announce(text) {
  const place = document.getElementById("announce");
  if (place) place.textContent = text;
}
