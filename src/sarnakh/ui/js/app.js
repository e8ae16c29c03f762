// What every page loads: htmx, our elements, and the habits that hold on every page.
import "htmx.org";

import { begin } from "./form/tidy.js";
import { token } from "./server.js";
import { toast } from "./toasts.js";
import { word } from "./words.js";

import "./menus.js";
import "./dialogs.js";
// Saving before leaving must speak before the guard against double sending.
import "./form/leaving.js";
import "./form/saving.js";
import "./once.js";
import "./form/money.js";
import "./activities.js";
import "./scrolling.js";
import "./shortcuts.js";

import "./s-board.js";
import "./s-composer.js";
import "./s-copy.js";
import "./s-date.js";
import "./s-lines.js";
import "./s-link.js";
import "./s-list.js";
import "./s-mention.js";
import "./s-palette.js";
import "./s-path.js";
import "./s-rich.js";
import "./s-search.js";
import "./s-sign.js";
import "./s-tags.js";

begin();

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = token();
});
document.addEventListener("htmx:sendError", () => toast(word("offline"), { isBad: true }));
document.addEventListener("htmx:responseError", () => toast(word("broken"), { isBad: true }));
