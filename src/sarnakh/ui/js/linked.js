// What link fields and tags share: lines for linked records.

import { send } from "./server.js";

/**
 * Suggested records for a text.
 * @param {HTMLElement} field an element with data-url
 * @param {string} text
 * @param {AbortSignal} signal
 * @returns {Promise<Element[] | null>}
 */
export async function suggested(field, text, signal) {
  const url = `${field.dataset.url}?${new URLSearchParams({ text })}`;
  const answer = await send(url, { accept: "text/html+options", signal });
  if (!answer?.ok) return null;
  const lines = [...answer.page.querySelectorAll("[role=option]")];
  // A later line offers to make a record of the text; it looks like a command.
  for (const line of lines) if (line.dataset.new) line.classList.add("create");
  return lines;
}

/**
 * A name with letter forms folded, to tell whether two are the same.
 * @param {string} name
 */
export function folded(name) {
  return name
    .normalize("NFKC")
    .replace(/[يى]/g, "ی")
    .replace(/ك/g, "ک")
    .replace(/[\u200c\u200e\u200f\s]+/g, " ")
    .trim()
    .toLowerCase();
}
