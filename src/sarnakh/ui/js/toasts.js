// <div class="toasts" id="toasts">…</div>: short messages. They leave after six seconds
// unless somebody reads them (pointer or focus) or they are alerts.

import { drawing } from "./words.js";

const SHOWN = 6000;
const place = document.getElementById("toasts");

/**
 * Show a message.
 * @param {string} text
 * @param {{isBad?: boolean, action?: {label: string, run: () => void}}} [options]
 */
export function toast(text, { isBad = false, action } = {}) {
  const made = drawing(isBad ? "toast-bad" : "toast");
  made.querySelector("span").textContent = text;
  if (action) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = action.label;
    button.addEventListener("click", () => {
      made.remove();
      action.run();
    });
    made.querySelector(".close").before(button);
  }
  show(made);
}

/**
 * Show a message that the server drew.
 * @param {HTMLElement} made
 */
export function show(made) {
  place?.append(made);
}

/** @param {HTMLElement} made */
function timed(made) {
  if (made.getAttribute("role") === "alert") return;
  let timer = 0;
  const leave = () => {
    if (!made.matches(":hover, :focus-within")) made.remove();
  };
  const start = () => {
    clearTimeout(timer);
    timer = window.setTimeout(leave, SHOWN);
  };
  for (const name of ["pointerleave", "focusout"]) made.addEventListener(name, start);
  start();
}

if (place) {
  for (const made of place.children) timed(/** @type {HTMLElement} */ (made));
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) if (node instanceof HTMLElement) timed(node);
    }
  }).observe(place, { childList: true });
}
