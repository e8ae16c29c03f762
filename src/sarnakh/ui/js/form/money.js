// <input data-money>: digits are grouped in threes while typing, in the reader's digits;
// the caret stays behind the digit it stood behind. Words ("2 million") are left alone.

import { decimal, grouping, localized, toLatin } from "../digits.js";

const AMOUNT = /^(-?)([\d,٬،\s]*)(?:([.٫])(\d*))?$/;

document.addEventListener("input", (event) => {
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || !input.matches("[data-money]")) return;
  if (event.isComposing) return;
  const text = grouped(input.value);
  if (text === null || text === input.value) return;
  const behind = digitsIn(input.value.slice(0, input.selectionStart ?? 0));
  input.value = text;
  const caret = after(text, behind);
  input.setSelectionRange(caret, caret);
});

// A zero is there to be written over.
document.addEventListener("focusin", (event) => {
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || !input.matches("[data-money]")) return;
  // The pointer puts its caret after this event.
  if (/^0+$/.test(toLatin(input.value))) setTimeout(() => input.select());
});

// A separator comes back by itself: erasing it means the digit beside it.
document.addEventListener("keydown", (event) => {
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || !input.matches("[data-money]")) return;
  const at = input.selectionStart ?? 0;
  if (at !== input.selectionEnd) return;
  if (event.key === "Backspace" && input.value[at - 1] === grouping) {
    input.setSelectionRange(at - 1, at - 1);
  } else if (event.key === "Delete" && input.value[at] === grouping) {
    input.setSelectionRange(at + 1, at + 1);
  }
});

/**
 * The amount with groups; null when the text is not plainly an amount.
 * @param {string} text
 */
export function grouped(text) {
  const parts = toLatin(text).match(AMOUNT);
  if (!parts) return null;
  const [, sign, whole, point, rest] = parts;
  const digits = whole.replace(/\D/g, "").replace(/^0+(?=\d)/, "").replace(/\B(?=(\d{3})+(?!\d))/g, grouping);
  return localized(sign + digits + (point ? decimal + rest : ""));
}

function digitsIn(text) {
  // The decimal sign counts too, so that the caret passes it.
  return toLatin(text).replace(/[^\d.٫-]/g, "").length;
}

function after(text, count) {
  let at = 0;
  while (at < text.length && digitsIn(text.slice(0, at)) < count) at += 1;
  return at;
}
