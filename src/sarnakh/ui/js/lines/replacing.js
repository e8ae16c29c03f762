// Putting a fresh row in the place of an old one while somebody may be typing in it.

/**
 * Cells take what the server says, except the one that has the focus.
 * @param {HTMLElement} old
 * @param {HTMLElement} fresh
 */
export function replaceRow(old, fresh) {
  const focused = document.activeElement;
  const cell = focused instanceof HTMLElement && old.contains(focused) ? focused.closest("td") : null;
  const place = cell ? [...old.children].indexOf(cell) : -1;
  const target = place >= 0 ? fresh.children[place] : null;
  const isWrong = Boolean(target?.querySelector("[aria-invalid=true]"));
  const isSameShape = old.children.length === fresh.children.length;
  if (!cell || !target || isWrong || !isSameShape) {
    old.replaceWith(fresh);
    if (target && isSameShape) refocus(target, focused);
    return;
  }
  // The cell stays where it is: taking it out of the page would end the typing.
  for (const name of ["data-key", "data-form", "class"]) old.setAttribute(name, fresh.getAttribute(name) ?? "");
  [...fresh.children].forEach((one, index) => {
    if (index !== place) old.children[index].replaceWith(one);
  });
  for (const field of cell.querySelectorAll("[form]")) field.setAttribute("form", fresh.dataset.form);
}

function refocus(cell, focused) {
  const same = focused.name ? cell.querySelector(`[name="${CSS.escape(focused.name)}"]`) : null;
  if (same instanceof HTMLElement) same.focus();
}
