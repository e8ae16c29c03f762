// <button data-activities="7"> on a card or row opens what is planned on that record:
// <div popover id="activities-popover" data-url="/activities/leads/"></div>

import htmx from "htmx.org";

import { complain, send } from "./server.js";
import { openAt, wasOpen } from "./menus.js";

document.addEventListener("click", async (event) => {
  const button = /** @type {Element} */ (event.target).closest("[data-activities]");
  const panel = document.getElementById("activities-popover");
  if (!(button instanceof HTMLElement) || !panel || wasOpen(panel)) return;
  event.preventDefault();
  const answer = await send(`${panel.dataset.url}${button.dataset.activities}/popover`);
  if (!answer?.ok) {
    if (answer) complain(answer);
    return;
  }
  panel.replaceChildren(...answer.page.body.childNodes);
  htmx.process(panel);
  openAt(panel, button);
  panel.querySelector("summary, button, a")?.focus();
});
