// Moving a row up and down: dragging its grip, or arrow keys on it.

/**
 * One step up (-1) or down (1); whether there was room.
 * @param {HTMLElement} row
 * @param {number} by
 */
export function stepped(row, by) {
  const other = by < 0 ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return false;
  if (by < 0) other.before(row);
  else other.after(row);
  return true;
}

/**
 * Follow the pointer until it lets go.
 * @param {HTMLElement} row
 * @param {PointerEvent} event
 * @param {() => void} done called when the order is another one
 */
export function dragged(row, event, done) {
  if (event.button) return;
  event.preventDefault();
  const grip = /** @type {HTMLElement} */ (event.target);
  const before = row.nextElementSibling;
  grip.setPointerCapture?.(event.pointerId);
  row.classList.add("dragged");
  const move = (at) => {
    const above = row.previousElementSibling;
    const below = row.nextElementSibling;
    if (above && at.clientY < middle(above)) above.before(row);
    else if (below && at.clientY > middle(below)) below.after(row);
  };
  const end = () => {
    grip.removeEventListener("pointermove", move);
    row.classList.remove("dragged");
    if (row.nextElementSibling !== before) done();
  };
  grip.addEventListener("pointermove", move);
  grip.addEventListener("lostpointercapture", end, { once: true });
}

function middle(row) {
  const box = row.getBoundingClientRect();
  return box.top + box.height / 2;
}
