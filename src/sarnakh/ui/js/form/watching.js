// <form data-watch>: knows whether something was changed, says so beside the title, and
// shows the save bar. One form of a page is watched.

import htmx from "htmx.org";

import { word } from "../words.js";

let asRead = "";
let isFree = false;

/** @returns {HTMLFormElement | null} */
export function watched() {
  return document.querySelector("form[data-watch]");
}

/** Whether leaving now would lose something. */
export function isDirty() {
  const form = watched();
  if (!form || isFree) return false;
  return "typed" in form.dataset || written(form) !== asRead;
}

/** Let the page go without asking: saved, sent or thrown away. */
export function free() {
  isFree = true;
}

/**
 * Put the form the server answered with in the place of the one on the page.
 * @param {HTMLFormElement} fresh
 */
export function replace(fresh) {
  watched().replaceWith(document.adoptNode(fresh));
  htmx.process(fresh);
  show();
}

function written(form) {
  const data = new FormData(form);
  data.delete("csrfmiddlewaretoken");
  return new URLSearchParams([...data].map(([name, value]) => [name, String(value)])).toString();
}

/** Say in which state the form is. */
export function show() {
  const form = watched();
  const isChanged = isDirty();
  const isInvalid = Boolean(form.querySelector("[aria-invalid=true]"));
  const bar = form.querySelector("[data-save-bar]");
  if (bar) {
    bar.hidden = !isChanged && !bar.hasAttribute("data-always");
    bar.querySelector(".muted").textContent = isChanged ? word("unsaved") : "";
  }
  const place = document.querySelector("[data-saving]");
  if (!place) return;
  const state = isInvalid ? "invalid" : isChanged ? "unsaved" : "saved";
  place.classList.toggle("unsaved", state === "unsaved");
  place.classList.toggle("invalid", state === "invalid");
  place.querySelector("span").textContent = word(state);
  const icon = { saved: "circle-check", unsaved: "pencil", invalid: "alert-circle" }[state];
  const use = place.querySelector("use");
  use?.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${icon}`));
}

const form = watched();
if (form) {
  asRead = written(form);
  show();
  for (const name of ["input", "change"]) {
    document.addEventListener(name, (event) => {
      if (watched()?.contains(event.target)) show();
    });
  }
  window.addEventListener("beforeunload", (event) => {
    if (isDirty()) event.preventDefault();
  });
  window.addEventListener("pageshow", () => {
    isFree = false;
  });
  window.addEventListener("sarnakh:leaving", free);
}
