// <button data-opens="id"> opens a dialog; <button data-closes> closes the one around it
// (data-closes="toast": the message). <form data-confirm="…">, <button data-confirm="…">,
// <a data-confirm="…"> and hx-confirm ask first, in a dialog of our own.

import { drawing } from "./words.js";

/** @type {WeakSet<Element>} what was agreed to and may go on once */
const agreed = new WeakSet();

/**
 * Ask, and wait for the answer.
 * @param {string} text
 * @param {Element | null} [trigger] what was pressed: its words stand on the button
 * @returns {Promise<boolean>}
 */
export function agrees(text, trigger) {
  const dialog = /** @type {HTMLDialogElement} */ (drawing("confirm"));
  dialog.querySelector("p").textContent = text;
  const verb = trigger?.textContent?.trim() || trigger?.getAttribute("aria-label");
  if (verb) dialog.querySelector("[value=yes]").textContent = verb;
  return answered(dialog).then((answer) => answer === "yes");
}

/**
 * Show a dialog that was just made; its return value when it closes.
 * @param {HTMLDialogElement} dialog
 * @returns {Promise<string>}
 */
export function answered(dialog) {
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue);
    });
  });
}

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  const opener = /** @type {HTMLElement | null} */ (target.closest("[data-opens]"));
  if (opener) {
    opener.closest("details.menu[open]")?.removeAttribute("open");
    opener.closest("dialog")?.close();
    open(opener.dataset.opens);
  }
  const closer = /** @type {HTMLElement | null} */ (target.closest("[data-closes]"));
  if (closer?.dataset.closes === "toast") closer.closest(".toast").remove();
  else closer?.closest("dialog").close();
  // The grey around a dialog that holds nothing typed closes it.
  if (target instanceof HTMLDialogElement && !target.querySelector("form[method=post]")) {
    const box = target.getBoundingClientRect();
    const { clientX: x, clientY: y } = event;
    if (x < box.left || x > box.right || y < box.top || y > box.bottom) target.close();
  }
});

/**
 * Open a dialog by its id; whether there is one. It hears an "opened" event.
 * @param {string} id
 */
export function open(id) {
  const found = document.getElementById(id);
  if (!(found instanceof HTMLDialogElement)) return false;
  if (!found.open) found.showModal();
  found.dispatchEvent(new Event("opened"));
  return true;
}

/**
 * Let a form through that was agreed to a moment ago.
 * @param {Element} form
 */
export function agreeTo(form) {
  agreed.add(form);
}

document.addEventListener(
  "submit",
  (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    const button = /** @type {HTMLElement | null} */ (event.submitter);
    const question = button?.dataset.confirm ?? form.dataset.confirm;
    if (!question || agreed.delete(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    agrees(question, button).then((yes) => {
      if (!yes) return;
      agreed.add(form);
      form.requestSubmit(button);
    });
  },
  true,
);

document.addEventListener(
  "click",
  (event) => {
    const link = /** @type {Element} */ (event.target).closest("a[data-confirm]");
    if (!(link instanceof HTMLAnchorElement) || agreed.delete(link)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    agrees(link.dataset.confirm, link).then((yes) => {
      if (!yes) return;
      agreed.add(link);
      link.click();
    });
  },
  true,
);

document.addEventListener("htmx:confirm", (event) => {
  const { question, elt, issueRequest } = event.detail;
  if (!question) return;
  event.preventDefault();
  const button = elt.matches("form") ? elt.querySelector("button:not([type=button])") : elt;
  agrees(question, button).then((yes) => yes && issueRequest(true));
});
