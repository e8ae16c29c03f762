// A card in another lane: shown there at once, then written by the server, which answers
// with the fresh card and the fresh heads. Refused, the card goes back with the reason.

import htmx from "htmx.org";

import { complain, send } from "../server.js";
import { show, toast } from "../toasts.js";
import { announce, word } from "../words.js";
import { cardsOf, count, laneOf, linkOf, nameOf, placeOf, put, titleOf } from "./lanes.js";

/**
 * @param {HTMLElement} board
 * @param {HTMLElement} card
 * @param {HTMLElement} lane
 * @param {Element | null} before the card it stands before; null for the last place
 * @param {{canUndo?: boolean}} [options]
 */
export async function move(board, card, lane, before, { canUndo = true } = {}) {
  const from = laneOf(card);
  if (from === lane || card.matches(".saving")) return;
  const next = card.nextElementSibling;
  const names = { title: titleOf(card), lane: nameOf(lane) };
  const hadFocus = card.contains(document.activeElement);
  const beside = cardsOf(from).find((one) => one !== card) ?? null;
  if (placeOf(lane)) put(card, lane, before);
  else card.hidden = true;
  if (hadFocus) linkOf(card.hidden ? beside : card)?.focus();
  card.classList.add("saving");
  count(from, -1);
  count(lane, 1);
  const { base, state } = board.dataset;
  const answer = await send(`${base}${card.dataset.pk}/move?${state}`, {
    method: "POST",
    body: new URLSearchParams({ to: lane.dataset.lane }),
    accept: "text/html+lanes",
  });
  card.classList.remove("saving");
  if (!answer?.ok) {
    card.hidden = false;
    put(card, from, next);
    if (hadFocus) linkOf(card).focus();
    count(from, 1);
    count(lane, -1);
    if (!answer) return;
    complain(answer);
    announce(word("returned", { ...names, lane: nameOf(from) }));
    return;
  }
  const fresh = refreshed(board, answer.page, card);
  announce(word("dropped", names));
  const undo = () => move(board, fresh, from, next, { canUndo: false });
  toast(word("moved", names), {
    action: canUndo && fresh && placeOf(from) ? { label: word("undo"), run: undo } : undefined,
  });
}

/**
 * Take over the answer of the server: heads, the card, messages.
 * @param {HTMLElement} board
 * @param {Document} page
 * @param {HTMLElement} card what is replaced
 * @returns {HTMLElement | null} the fresh card, if it is still on the board
 */
function refreshed(board, page, card) {
  heads(board, page);
  const fresh = /** @type {HTMLElement | null} */ (page.querySelector("[data-card] > .card"));
  if (!fresh || card.hidden) {
    card.remove();
    return null;
  }
  const hadFocus = card.contains(document.activeElement);
  card.replaceWith(fresh);
  htmx.process(fresh);
  if (hadFocus) linkOf(fresh).focus();
  return fresh;
}

/**
 * The clock of a card and the head of its lane as they are now. The button stays the
 * same one: the pop-over that is open stands beside it.
 * @param {HTMLElement} board
 * @param {HTMLElement} card
 */
export async function refreshClock(board, card) {
  const { base, state } = board.dataset;
  const key = laneOf(card).dataset.lane;
  const answer = await send(`${base}lane/${encodeURIComponent(key)}?${state}`);
  if (!answer?.ok) return;
  const present = card.querySelector(".clock");
  const fresh = answer.page.querySelector(`.card[data-pk="${card.dataset.pk}"] .clock`);
  if (present && fresh) {
    for (const { name, value } of fresh.attributes) present.setAttribute(name, value);
    present.replaceChildren(...fresh.childNodes);
  }
  const head = answer.page.querySelector(".column-head");
  if (head) document.getElementById(head.id)?.replaceWith(head);
}

/**
 * Fresh heads of the lanes and the messages that came with them.
 * @param {HTMLElement} board
 * @param {Document} page
 */
export function heads(board, page) {
  for (const head of page.querySelectorAll("[data-heads] > header")) {
    const present = document.getElementById(head.id);
    if (!present) continue;
    head.hidden = present.hidden;
    const spine = present.closest("[data-lane]").querySelector(".spine b");
    if (spine) spine.textContent = head.querySelector(".count").textContent;
    present.replaceWith(head);
    htmx.process(head);
  }
  for (const figure of page.querySelectorAll("[data-folded]")) {
    const key = CSS.escape(figure.dataset.folded);
    const lane = board.querySelector(`:scope > [data-lane="${key}"]`);
    const place = lane?.querySelector(".spine b, .column-name .count");
    if (place) place.textContent = figure.textContent;
  }
  for (const message of page.querySelectorAll("[data-toast] > .toast")) show(message);
}
