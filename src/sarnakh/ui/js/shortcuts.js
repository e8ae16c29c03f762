// Keys by their place on the keyboard, so that they work on Persian and Arabic layouts.
// Single letters work outside of fields and dialogs, and can be switched off
// (<body data-shortcuts="off">); the keys with Ctrl and Alt always work.

import { open } from "./dialogs.js";

const FIELDS = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true]";
const PATIENCE = 1200;

let isGoing = 0;

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  if (event.repeat && !["KeyJ", "KeyK"].includes(event.code)) return;
  const command = event.ctrlKey || event.metaKey;
  const ours = command ? withControl(event) : event.altKey ? withAlt(event) : alone(event);
  if (ours) event.preventDefault();
});

function withControl({ code, shiftKey, altKey }) {
  if (shiftKey || altKey) return false;
  if (code === "KeyK") return open("palette");
  if (code === "KeyS") return save();
  return false;
}

function withAlt({ code, shiftKey, ctrlKey }) {
  if (ctrlKey || document.querySelector("dialog:modal")) return false;
  if (code === "KeyQ" && shiftKey) return press(".search-open");
  if (shiftKey) return false;
  const pages = document.querySelectorAll(".pager a");
  switch (code) {
    case "KeyC":
      return create();
    case "KeyS":
      return save();
    case "KeyJ":
      return press('[data-key="j"]');
    case "KeyQ":
      return search();
    case "KeyP":
      return press(pages[0]);
    case "KeyN":
      return press(pages[1]);
    case "KeyB":
      return press('[data-key="b"]');
    case "KeyH":
      return press(".topbar .mark");
    case "KeyU":
      return press(".page-head .doing details > summary");
    default:
      return false;
  }
}

function alone(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  if (document.body.dataset.shortcuts === "off") return false;
  if (target.matches(FIELDS) || document.querySelector("dialog:modal, :popover-open")) return false;
  const { code, key, shiftKey } = event;
  if (isGoing && performance.now() - isGoing < PATIENCE) {
    isGoing = 0;
    return press(`[data-go="${code.replace("Key", "").toLowerCase()}"]`);
  }
  isGoing = 0;
  if (key === "?" || key === "؟" || (code === "Slash" && shiftKey)) return open("keys");
  if (key === "/" || code === "Slash") return search();
  if (shiftKey) return false;
  const results = document.getElementById("results");
  switch (code) {
    case "KeyG":
      isGoing = performance.now();
      return true;
    case "KeyC":
      return create();
    case "KeyE":
      return edit();
    case "KeyJ":
    case "KeyK":
      results?.step?.(code === "KeyJ" ? 1 : -1);
      return true;
    case "KeyX":
      results?.toggle?.();
      return true;
    default:
      return false;
  }
}

function create() {
  const board = document.querySelector("s-board");
  return Boolean(board?.create()) || press('[data-key="c"]');
}

function save() {
  const form = document.querySelector("form[data-watch]");
  if (form instanceof HTMLFormElement) form.requestSubmit();
  return Boolean(form);
}

function search() {
  const box = document.querySelector('[data-key="/"]');
  const toggle = document.querySelector(".search-toggle input");
  if (toggle instanceof HTMLInputElement) toggle.checked = true;
  if (box instanceof HTMLInputElement) box.select();
  box?.focus();
  return Boolean(box);
}

/** The record that has the focus opens; on a form the first field gets the focus. */
function edit() {
  const here = document.activeElement?.closest(".card, tr[data-pk]");
  if (here) return press(here.querySelector("h3 a, td.main a"));
  const field = document.querySelector(
    "form[data-watch] :is(input, textarea, select):not([type=hidden], [readonly])",
  );
  if (field instanceof HTMLElement) field.focus();
  return Boolean(field);
}

/** @param {string | Element | undefined} what */
function press(what) {
  const found = typeof what === "string" ? document.querySelector(what) : what;
  if (found instanceof HTMLElement) found.click();
  return Boolean(found);
}
