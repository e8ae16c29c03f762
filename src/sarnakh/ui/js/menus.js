// <details class="menu">: one is open at a time; a press outside and Escape close it,
// arrow keys walk through it. Pop-overs stand beside their button in browsers that
// cannot place them by style alone.

const canPlace = CSS.supports("position-area", "block-end");
/** @type {Element | null} the button that was pressed last */
let opener = null;
/** @type {Element | null} the pop-over that was open when the pointer went down */
let openAtPress = null;

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(target)) menu.removeAttribute("open");
  }
  const item = target.closest("button.menu-item[type=button]");
  item?.closest("details.menu")?.removeAttribute("open");
});

document.addEventListener("keydown", (event) => {
  const target = /** @type {HTMLElement} */ (event.target);
  if (event.defaultPrevented || event.isComposing) return;
  if (event.key === "Escape") escape(event, target);
  else if (!target.matches("input, select, textarea, [contenteditable]")) walk(event, target);
});

function escape(event, target) {
  const menu =
    target.closest("details.menu[open]") ?? document.querySelector("details.menu[open]");
  if (!menu) return;
  event.preventDefault();
  menu.removeAttribute("open");
  menu.querySelector("summary").focus();
}

function walk(event, target) {
  const step = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
  const panel =
    target.closest(".menu-panel") ??
    (target.matches("details.menu[open] > summary") ? target.nextElementSibling : null);
  if (!step || !panel || panel.matches(".calendar")) return;
  const items = [...panel.querySelectorAll("a, button, summary, input, select")].filter(
    (item) => item.checkVisibility() && !item.disabled,
  );
  if (!items.length) return;
  event.preventDefault();
  const at = items.indexOf(target);
  const next =
    step === -Infinity ? 0 : step === Infinity ? items.length - 1 : at + step;
  items[(next + items.length) % items.length].focus();
}

document.addEventListener(
  "pointerdown",
  (event) => {
    opener = /** @type {Element} */ (event.target).closest("[popovertarget]");
    openAtPress = document.querySelector(":popover-open");
  },
  true,
);
document.addEventListener("keydown", () => (openAtPress = null), true);

/**
 * Whether a press on its own button has just closed a pop-over: it must not open again.
 * @param {Element | null} panel
 */
export function wasOpen(panel) {
  return panel !== null && panel === openAtPress;
}

document.addEventListener(
  "toggle",
  (event) => {
    const panel = /** @type {HTMLElement} */ (event.target);
    if (panel.popover === null || event.newState !== "open" || canPlace) return;
    const button =
      opener?.getAttribute("popovertarget") === panel.id
        ? opener
        : document.querySelector(`[popovertarget="${CSS.escape(panel.id)}"]`);
    if (button) place(panel, button);
  },
  true,
);

/**
 * Open a pop-over beside an element that is not its button.
 * @param {HTMLElement} panel
 * @param {HTMLElement} anchor
 */
export function openAt(panel, anchor) {
  if (canPlace) {
    anchor.style.setProperty("anchor-name", "--opener");
    panel.style.setProperty("position-anchor", "--opener");
    panel.addEventListener("toggle", function forget(event) {
      if (event.newState !== "closed") return;
      anchor.style.removeProperty("anchor-name");
      panel.removeEventListener("toggle", forget);
    });
  }
  panel.showPopover();
  if (!canPlace) place(panel, anchor);
}

/** Under the anchor if there is room, else above it; never outside of the window. */
function place(panel, anchor) {
  // On a phone every menu is a sheet at the foot of the window.
  if (matchMedia("(max-width: 700px)").matches) return;
  const box = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = panel;
  const atRight = (getComputedStyle(panel).direction === "rtl") !== panel.matches(".end");
  const left = atRight ? box.right - width : box.left;
  const under = box.bottom + 5;
  const top = under + height > innerHeight ? Math.max(8, box.top - height - 5) : under;
  Object.assign(panel.style, {
    inset: "auto",
    margin: "0",
    left: `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`,
    top: `${top}px`,
  });
}
