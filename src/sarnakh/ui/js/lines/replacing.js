// Putting a fresh row in the place of an old one while somebody may be typing in it.

/**
 * Cells take what the server says, except the one that has the focus and those whose
 * values are still to be sent.
 * @param {HTMLElement} old
 * @param {HTMLElement} fresh
 * @param {Set<string>} [waiting] names of fields that are still to be sent
 */
export function replaceRow(old, fresh, waiting = new Set()) {
  const focused = document.activeElement;
  const cell = focused instanceof HTMLElement && old.contains(focused) ? focused.closest("td") : null;
  const isSameShape = old.children.length === fresh.children.length;
  const target = cell && isSameShape ? fresh.children[[...old.children].indexOf(cell)] : null;
  const stays = [...old.children].map(
    (one, place) =>
      isSameShape &&
      (one === cell || holds(one, waiting)) &&
      !fresh.children[place].querySelector("[aria-invalid=true]"),
  );
  if (!stays.includes(true)) {
    old.replaceWith(fresh);
    if (target) refocus(target, focused);
    return;
  }
  // A cell that stays is not moved: taking it out of the page would end the typing.
  for (const name of ["data-key", "data-form", "class"]) old.setAttribute(name, fresh.getAttribute(name) ?? "");
  [...fresh.children].forEach((one, place) => {
    if (!stays[place]) old.children[place].replaceWith(one);
  });
  for (const field of old.querySelectorAll("[form]")) field.setAttribute("form", fresh.dataset.form);
  if (target?.isConnected) refocus(target, focused);
}

function holds(cell, names) {
  return [...cell.querySelectorAll("[name]")].some((field) => names.has(field.name.split("__")[0]));
}

function refocus(cell, focused) {
  const same = focused.name ? cell.querySelector(`[name="${CSS.escape(focused.name)}"]`) : null;
  if (same instanceof HTMLElement) same.focus();
}
