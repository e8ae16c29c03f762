// What can be done with one card, in the menu that all cards share: open, press a command
// of the record, choose its lane, its colour; and the stars on the card itself.

import { complain, send } from "../server.js";
import { linkOf } from "./lanes.js";

/**
 * @param {HTMLElement} board
 * @param {(card: HTMLElement) => void} choose show the lanes to choose from
 */
export function cardMenu(board, choose) {
  const menu = document.getElementById("card-menu");
  /** @type {HTMLElement | null} */
  let card = null;

  board.addEventListener("click", (event) => {
    const button = event.target.closest("[data-card-menu]");
    if (button) {
      card = button.closest(".card");
      menu.querySelector("[data-card-open]").href = linkOf(card).href;
      for (const swatch of menu.querySelectorAll("[data-card-tone]")) {
        const isOn = toneOf(card) === swatch.dataset.cardTone;
        swatch.setAttribute("aria-pressed", String(isOn));
      }
    }
    const star = event.target.closest("[data-stars] button");
    if (star) rate(star.parentElement, star.value);
  });

  menu?.addEventListener("click", (event) => {
    const item = event.target.closest("button");
    if (!item) return;
    menu.hidePopover();
    const { cardPress, cardTone } = item.dataset;
    if (cardPress) press(cardPress);
    else if (cardTone) paint(card, cardTone);
    else if ("cardMove" in item.dataset) choose(card);
  });

  async function press(command) {
    card.classList.add("saving");
    const url = `${board.dataset.base}${card.dataset.pk}/press/${command}`;
    const answer = await send(url, { method: "POST", body: new URLSearchParams(), stays: true });
    card.classList.remove("saving");
    if (answer?.isMoved) location.reload();
    else if (answer) complain(answer);
  }

  async function paint(one, tone) {
    const before = toneOf(one);
    setTone(one, tone);
    const url = `${board.dataset.base}${one.dataset.pk}/set/tone`;
    if (!(await written(url, tone))) setTone(one, before);
  }
}

/**
 * Set the stars; the star that is set takes itself back.
 * @param {HTMLElement} stars <span data-stars="address">
 * @param {string} value
 */
async function rate(stars, value) {
  const before = stars.querySelector("[aria-pressed=true]")?.value ?? "0";
  draw(stars, value === before ? "0" : value);
  if (!(await written(stars.dataset.stars, value))) draw(stars, before);
}

function draw(stars, value) {
  for (const button of stars.querySelectorAll("button")) {
    button.classList.toggle("on", Number(button.value) <= Number(value));
    button.setAttribute("aria-pressed", String(button.value === value));
  }
}

async function written(url, value) {
  const body = new URLSearchParams({ value });
  const answer = await send(url, { method: "POST", body });
  if (answer && !answer.ok) complain(answer);
  return Boolean(answer?.ok);
}

function toneOf(card) {
  return card.className.match(/\btone-(\d+)/)?.[1] ?? "0";
}

function setTone(card, tone) {
  card.classList.remove(`tone-${toneOf(card)}`);
  if (tone !== "0") card.classList.add(`tone-${tone}`);
}
