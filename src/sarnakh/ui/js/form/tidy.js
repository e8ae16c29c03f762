// Small habits of forms: the first wrong field has the focus and its tab is open, texts
// grow with what is written, Enter in a title does not break the line.

/** Open the tab of the first wrong field and focus it; whether there is one. */
export function focusWrong() {
  const all = [...document.querySelectorAll("main [aria-invalid=true]:not([hidden])")];
  const wrong = /** @type {HTMLElement | undefined} */ (
    all.find((one) => !one.closest("dialog:not([open])"))
  );
  const panel = wrong?.closest(".tab-panel");
  if (panel) {
    const panels = [...panel.parentElement.querySelectorAll(":scope > .tab-panel")];
    const tabs = panel.parentElement.querySelectorAll(":scope > .tabs input");
    /** @type {HTMLInputElement} */ (tabs[panels.indexOf(panel)]).checked = true;
  }
  wrong?.focus();
  return Boolean(wrong);
}

const growsByItself = CSS.supports("field-sizing", "content");

function grow(area) {
  area.style.blockSize = "auto";
  area.style.blockSize = `${area.scrollHeight + 2}px`;
}

document.addEventListener("input", (event) => {
  if (!growsByItself && event.target instanceof HTMLTextAreaElement) grow(event.target);
});

document.addEventListener("keydown", (event) => {
  const target = event.target;
  if (event.key !== "Enter" || event.isComposing || !(target instanceof HTMLElement)) return;
  if (!target.matches(".title-field textarea")) return;
  event.preventDefault();
  target.closest("form").requestSubmit();
});

/** The first look at a page: a wrong field, or the title of a new record. */
export function begin() {
  if (!growsByItself) document.querySelectorAll("main textarea").forEach(grow);
  const title = document.querySelector("form[data-watch][data-new] .title-field textarea");
  if (!focusWrong() && title instanceof HTMLElement) title.focus();
}
