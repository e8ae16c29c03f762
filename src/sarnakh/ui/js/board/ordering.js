// The order of the lanes, by dragging a head: the lane moves under the pointer, and the
// new order is written when it is dropped. The lane menu does the same by keyboard.

import { complain, send } from "../server.js";
import { isRtl } from "../words.js";
import { Edges } from "./edges.js";
import { drags } from "./gesture.js";
import { lanesOf } from "./lanes.js";

/** @param {HTMLElement} board */
export function dragLanes(board) {
  /** @type {HTMLElement | null} */
  let lane = null;
  /** @type {HTMLElement[]} */
  let asBefore = [];
  /** @type {PointerEvent} */
  let last;
  const edges = new Edges(board, () => aim(last));

  drags(board, {
    pick(event) {
      const target = /** @type {Element} */ (event.target);
      if (target.closest("a, button, summary, details, form")) return null;
      const picked = target.closest(".column-head")?.closest("[data-lane]");
      return picked && isRecord(picked) ? picked : null;
    },
    lift(picked) {
      lane = picked;
      asBefore = lanesOf(board);
      lane.classList.add("target");
      board.style.scrollSnapType = "none";
    },
    move(event) {
      last = event;
      aim(event);
      edges.at(event);
    },
    drop() {
      const order = lanesOf(board);
      tidy();
      if (order.some((one, at) => one !== asBefore[at])) write(order);
    },
    cancel() {
      tidy();
      restore();
    },
  });

  function aim({ clientX: x }) {
    const before = lanesOf(board).find((one) => {
      const { left, width } = one.getBoundingClientRect();
      return one !== lane && isRecord(one) && (isRtl ? x > left + width / 2 : x < left + width / 2);
    });
    const others = lanesOf(board).filter((one) => one !== lane);
    const next = before ?? others.at(-1)?.nextElementSibling ?? null;
    if (lane.nextElementSibling !== next && next !== lane) board.insertBefore(lane, next);
  }

  async function write(order) {
    const body = new URLSearchParams({ state: board.dataset.state });
    for (const one of order.filter(isRecord)) body.append("order", one.dataset.lane);
    const answer = await send(`${board.dataset.base}lanes`, { method: "POST", body });
    if (answer?.ok) return;
    restore();
    if (answer) complain(answer);
  }

  function restore() {
    const rest = lanesOf(board).at(-1)?.nextElementSibling ?? null;
    for (const one of asBefore) board.insertBefore(one, rest);
  }

  function tidy() {
    edges.stop();
    lane.classList.remove("target");
    board.style.removeProperty("scroll-snap-type");
  }
}

/** A lane that stands for a record; the one for "none" keeps its place. */
function isRecord(lane) {
  return /^\d+$/.test(lane.dataset.lane);
}
