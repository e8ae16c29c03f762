// <form data-once>: a second press does not send it again. The buttons come back when
// the page does, and after a while for answers that leave the page as it is (a file).

const PATIENCE = 10_000;
/** @type {Map<HTMLFormElement, number>} */
const sent = new Map();

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (event.defaultPrevented || !form.matches("[data-once]")) return;
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  sent.set(form, window.setTimeout(() => release(form), PATIENCE));
  // What is disabled is not sent: wait until the form has been read.
  setTimeout(() => {
    for (const button of buttons(form)) button.disabled = true;
    event.submitter?.setAttribute("aria-busy", "true");
  });
});

window.addEventListener("pageshow", () => {
  for (const form of sent.keys()) release(form);
});

/** @param {HTMLFormElement} form */
function release(form) {
  clearTimeout(sent.get(form));
  sent.delete(form);
  for (const button of buttons(form)) {
    button.disabled = false;
    button.removeAttribute("aria-busy");
  }
}

/** @returns {NodeListOf<HTMLButtonElement>} */
function buttons(form) {
  return form.querySelectorAll("button:not([type=button])");
}
