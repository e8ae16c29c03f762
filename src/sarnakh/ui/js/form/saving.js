// Saving a watched form without leaving it: what is wrong comes back in place, and what
// was typed stays when the server cannot be reached. A new record is sent as usual.

import { complain, send } from "../server.js";
import { toast } from "../toasts.js";
import { word } from "../words.js";
import { focusWrong } from "./tidy.js";
import { free, replace, watched } from "./watching.js";

let isSaving = false;

/**
 * Send the form; `isMoved` in the answer means that it is saved. Null when there is
 * nothing to do: a save is under way, or the page is leaving.
 * @returns {Promise<import("../server.js").Answer | null>}
 */
export async function save() {
  if (isSaving) return null;
  isSaving = true;
  const form = watched();
  const url = form.getAttribute("action") || location.href;
  const answer = await send(url, { method: "POST", body: new FormData(form), stays: true });
  isSaving = false;
  const fresh = answer?.page.querySelector("form[data-watch]");
  if (fresh) replace(fresh);
  return answer;
}

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (event.defaultPrevented || form !== watched()) return;
  if (form.matches("[data-new]") && navigator.onLine) {
    free();
    return;
  }
  event.preventDefault();
  if (!navigator.onLine) toast(word("offline"), { isBad: true });
  else stay(event.submitter);
});

async function stay(button) {
  button?.setAttribute("aria-busy", "true");
  const answer = await save();
  button?.removeAttribute("aria-busy");
  if (answer?.isMoved) {
    free();
    location.reload();
  } else if (answer?.status === 409 || answer?.status === 422) {
    focusWrong();
    document.querySelector(".conflict")?.scrollIntoView({ block: "nearest" });
  } else if (answer) {
    complain(answer);
  }
}
