// Whoever comes back to a list or a board finds it scrolled as it was left. Kept in this
// tab only, as numbers under a fingerprint of the address.

const PARTS = ".board, .cards, .list-wrap, .sheet-side";
const KEY = "scrolled";

function fingerprint(text) {
  let sum = 5381;
  for (const letter of text) sum = (Math.imul(sum, 33) ^ letter.codePointAt(0)) >>> 0;
  return sum;
}

/** @returns {[number, [number, number][]][]} places by fingerprint, the newest last */
function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
  } catch {
    return [];
  }
}

// A screen that is entered by the menu has a shorter address than the way back to it.
const { base, state } = document.getElementById("results")?.dataset ?? {};
const here = fingerprint(base ? `${base}?${state}` : location.pathname + location.search);

window.addEventListener("pagehide", () => {
  const parts = [...document.querySelectorAll(PARTS)];
  const places = parts.map((part) => [part.scrollLeft, part.scrollTop]);
  const all = kept().filter(([address]) => address !== here);
  if (places.some(([x, y]) => x || y)) all.push([here, places]);
  try {
    sessionStorage.setItem(KEY, JSON.stringify(all.slice(-20)));
  } catch {
    // A full or forbidden store only costs the comfort.
  }
});

// Where an address names a part of the page, that part is wanted.
if (!location.hash) {
  const places = kept().find(([address]) => address === here)?.[1] ?? [];
  document.querySelectorAll(PARTS).forEach((part, number) => {
    const [x, y] = places[number] ?? [0, 0];
    if (x || y) part.scrollTo({ left: x, top: y, behavior: "instant" });
  });
}
