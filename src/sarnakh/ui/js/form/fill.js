// <form data-fill="…/fill">: choosing a linked record fills other fields of the form
// with what the server suggests, but never one that a person has touched or filled.

import { sendForJson } from "../server.js";

/** @type {WeakSet<Element>} fields that somebody typed into or chose in */
const touched = new WeakSet();
/** @type {WeakSet<Element>} fields that hold a suggestion */
const suggested = new WeakSet();

for (const name of ["input", "change"]) {
  document.addEventListener(name, (event) => {
    // Our own events are not a person's.
    if (event.isTrusted && event.target instanceof Element) touched.add(event.target);
  });
}

/**
 * Fill what follows from a field.
 * @param {HTMLFormElement | null} form
 * @param {string} name the field that was chosen in
 */
export async function fill(form, name) {
  const address = form?.dataset.fill;
  if (!address) return;
  const value = (of) => field(form, of)?.value ?? "";
  const query = new URLSearchParams({
    field: name,
    [name]: value(name),
    [`${name}__text`]: value(`${name}__text`),
  });
  const texts = await sendForJson(`${address}?${query}`);
  for (const [other, text] of Object.entries(texts ?? {})) write(form, other, text);
}

function write(form, name, text) {
  const shown = field(form, `${name}__text`) ?? field(form, name);
  if (!shown || touched.has(shown) || (shown.value && !suggested.has(shown))) return;
  const isLinked = text !== null && typeof text === "object";
  if (isLinked) field(form, name).value = text.pk;
  shown.value = (isLinked ? text.text : text) ?? "";
  suggested.add(shown);
  shown.dispatchEvent(new Event("change", { bubbles: true }));
}

/** @returns {HTMLInputElement | null} */
function field(form, name) {
  return form.querySelector(`[name="${CSS.escape(name)}"]:not([type=radio], [type=checkbox])`);
}
