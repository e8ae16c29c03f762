// Leaving a changed form by a link or a button of the page saves it first. If it cannot
// be saved, a dialog says why and leaves the choice: stay, or discard what was typed.

import { agreeTo, answered } from "../dialogs.js";
import { drawing, word } from "../words.js";
import { save } from "./saving.js";
import { focusWrong } from "./tidy.js";
import { free, isDirty, watched } from "./watching.js";

document.addEventListener("click", (event) => {
  const link = /** @type {Element} */ (event.target).closest("a[href]");
  if (!(link instanceof HTMLAnchorElement) || !leaves(link, event) || !isDirty()) return;
  if (link.dataset.key === "j") {
    free();
    return;
  }
  event.preventDefault();
  saved().then((go) => go && location.assign(link.href));
});

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (event.defaultPrevented || form === watched() || !isDirty()) return;
  if (form.getAttribute("method") === "dialog" || form.closest("[hx-post], [hx-get]")) return;
  const button = event.submitter;
  event.preventDefault();
  saved().then((go) => {
    if (!go) return;
    agreeTo(form);
    form.requestSubmit(button);
  });
});

function leaves(link, event) {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey) return false;
  if (event.shiftKey || event.altKey || link.target === "_blank") return false;
  if (link.hasAttribute("download") || link.hasAttribute("hx-get")) return false;
  const isHere = link.pathname === location.pathname && link.search === location.search;
  return link.protocol.startsWith("http") && !(isHere && link.hash);
}

/** Save the watched form; whether the page may be left. */
async function saved() {
  const answer = await save();
  if (!answer || (!answer.isMoved && !(await discards(answer)))) return false;
  free();
  return true;
}

async function discards(answer) {
  const dialog = /** @type {HTMLDialogElement} */ (drawing("leave"));
  dialog.querySelector("ul").replaceChildren(
    ...reasons(answer).map((text) => {
      const line = document.createElement("li");
      line.textContent = text;
      return line;
    }),
  );
  const isDiscarded = (await answered(dialog)) === "discard";
  if (!isDiscarded) focusWrong();
  return isDiscarded;
}

/** What stands in the way: wrong fields with their messages, or the server's refusal. */
function reasons(answer) {
  const wrong = [...watched().querySelectorAll(".invalid")].map((field) => {
    const label = field.querySelector("label, .label")?.textContent.trim();
    const error = field.querySelector(".error")?.textContent.trim();
    return [label, error].filter(Boolean).join(": ");
  });
  if (wrong.length) return wrong;
  const said = answer.page.querySelector("#conflict-h, .alert.bad, .toast span");
  return [said?.textContent.trim() || word(answer.status ? "broken" : "offline")];
}
