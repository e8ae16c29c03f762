// Requests of our own beside those of htmx, and what to do when one fails.

import { show, toast } from "./toasts.js";
import { word } from "./words.js";

/**
 * @typedef {object} Answer
 * @property {boolean} ok
 * @property {number} status 0 when the server could not be reached
 * @property {boolean} isMoved the server sent us on to another page (only when asked not to follow)
 * @property {Document} page what came, parsed; nothing in it runs
 */

/** The token that forms carry against forged requests. */
export function token() {
  return (
    document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ??
    /** @type {HTMLInputElement | null} */ (
      document.querySelector("input[name=csrfmiddlewaretoken]")
    )?.value ??
    ""
  );
}

/**
 * Ask the server for a part of a page. Null when nothing is left to do: the request
 * was called off, or the page is on its way to another address (a log-in).
 * @param {string} url
 * @param {{method?: string, body?: BodyInit, accept?: string, signal?: AbortSignal, stays?: boolean}} [options]
 *   `stays`: do not follow when the server sends us on
 * @returns {Promise<Answer | null>}
 */
export async function send(url, options = {}) {
  const response = await reached(url, options);
  if (!response) return options.signal?.aborted ? null : failed();
  const elsewhere = response.headers.get("HX-Redirect");
  if (elsewhere) {
    window.dispatchEvent(new Event("sarnakh:leaving"));
    location.assign(elsewhere);
    return null;
  }
  const text = await response.text().catch(() => "");
  if (options.signal?.aborted) return null;
  return {
    ok: response.ok,
    status: response.status,
    isMoved: response.type === "opaqueredirect",
    // The page of a broken server says nothing that concerns the reader.
    page: parsed(response.status === 500 ? "" : text),
  };
}

/**
 * An object that the server answers as JSON; null when it failed.
 * @param {string} url
 * @returns {Promise<any>}
 */
export async function sendForJson(url) {
  const response = await reached(url, { accept: "application/json" });
  return response?.ok ? response.json().catch(() => null) : null;
}

/**
 * Say why something failed, in the server's words if it gave any.
 * @param {Answer} answer
 */
export function complain(answer) {
  const said = answer.page.querySelector(".toast");
  if (said) show(/** @type {HTMLElement} */ (document.adoptNode(said)));
  else toast(word(answer.status ? "broken" : "offline"), { isBad: true });
}

function reached(url, { method = "GET", body, accept = "text/html", signal, stays = false }) {
  const headers = {
    Accept: accept,
    "HX-Request": "true",
    "HX-Current-URL": location.href,
    "X-CSRFToken": token(),
  };
  const redirect = stays ? "manual" : "follow";
  return fetch(url, { method, body, signal, headers, redirect }).catch(() => null);
}

/** @returns {Answer} */
function failed() {
  return { ok: false, status: 0, isMoved: false, page: parsed("") };
}

// The one place where HTML of the server becomes nodes. It comes from our own origin
// and was escaped there; a parsed document runs no scripts and no handlers.
function parsed(text) {
  return new DOMParser().parseFromString(text, "text/html");
}
