// Reading the board: lanes, cards, names and counts.
//   <section class="column [folded]" data-lane="7"><header class="column-head">…</header>
//   <div class="cards"><article class="card" data-pk="3"><h3><a href="…">…</a></h3>…

import { number, wholeNumber } from "../digits.js";

/** @returns {HTMLElement[]} */
export function lanesOf(board) {
  return [...board.querySelectorAll(":scope > [data-lane]")];
}

/** @returns {HTMLElement | null} */
export function laneOf(card) {
  return card.closest("[data-lane]");
}

/** Where the cards of a lane are; null in a folded one. */
export function placeOf(lane) {
  return lane.matches(".folded") ? null : lane.querySelector(".cards");
}

/** @returns {HTMLElement[]} */
export function cardsOf(lane) {
  return [...lane.querySelectorAll(".cards > .card[data-pk]:not([hidden])")];
}

export function nameOf(lane) {
  return (lane.querySelector("h2, .spine .name")?.textContent ?? "").trim();
}

export function titleOf(card) {
  return card.querySelector("h3").textContent.trim();
}

/** The link of a card: what has the focus when the card has it. */
export function linkOf(card) {
  return card?.querySelector("h3 a") ?? null;
}

/**
 * Put a card into an open lane, before another card or behind the last one.
 * @param {HTMLElement} card
 * @param {HTMLElement} lane
 * @param {Element | null} before
 */
export function put(card, lane, before) {
  const place = placeOf(lane);
  const isHere = before?.parentElement === place;
  place.insertBefore(card, isHere ? before : place.querySelector(":scope > .load-more"));
}

/**
 * Count a card in or out until the server gives the true figures.
 * @param {HTMLElement} lane
 * @param {number} by
 */
export function count(lane, by) {
  const strip = document.querySelector(`.stage-strip a[href="#${CSS.escape(lane.id)}"] .count`);
  for (const place of [...lane.querySelectorAll(".column-name .count, .spine b"), strip]) {
    const present = wholeNumber(place?.textContent ?? "");
    if (!Number.isNaN(present)) place.textContent = number(Math.max(0, present + by));
  }
}
