// On a phone the strip of stage names shows which lane is in view.

import { lanesOf } from "./lanes.js";

/** @param {HTMLElement} board */
export function followLanes(board) {
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const link = document.querySelector(`.stage-strip a[href="#${CSS.escape(target.id)}"]`);
        if (!link) continue;
        if (isIntersecting) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    },
    { root: board, threshold: 0.6 },
  );
  const watch = () => lanesOf(board).forEach((lane) => watcher.observe(lane));
  watch();
  // An opened lane is a new one.
  new MutationObserver(watch).observe(board, { childList: true });
}
