// Telling a drag from a click and from a scroll: a mouse drags after five pixels, a
// finger after resting a quarter of a second.

const MOUSE = 5;
const FINGER = 8;
const REST = 250;

/**
 * @typedef {object} Steps
 * @property {(event: PointerEvent) => HTMLElement | null} pick what would be dragged
 * @property {(thing: HTMLElement, event: PointerEvent) => void} lift
 * @property {(event: PointerEvent) => void} move
 * @property {() => void} drop
 * @property {() => void} cancel
 */

/**
 * @param {HTMLElement} root
 * @param {Steps} steps
 */
export function drags(root, steps) {
  /** @type {{thing: HTMLElement, event: PointerEvent, isLifted: boolean, timer: number} | null} */
  let press = null;

  root.addEventListener("pointerdown", (event) => {
    if (press || event.button || !event.isPrimary) return;
    const thing = steps.pick(event);
    if (!thing) return;
    press = { thing, event, isLifted: false, timer: 0 };
    if (isFinger()) press.timer = window.setTimeout(lift, REST);
    for (const [name, listener] of Object.entries(listeners)) {
      window.addEventListener(name, listener, true);
    }
  });

  // The browser asks before it scrolls; a dragging finger must not scroll.
  root.addEventListener("touchmove", (event) => press?.isLifted && event.preventDefault(), {
    passive: false,
  });
  // Links and texts have drags of their own, and a resting finger opens a menu.
  for (const name of ["dragstart", "selectstart"]) {
    root.addEventListener(name, (event) => press && event.preventDefault());
  }
  root.addEventListener("contextmenu", (event) => {
    if (press && isFinger()) event.preventDefault();
  });

  const listeners = {
    pointermove(event) {
      if (event.pointerId !== press.event.pointerId) return;
      if (press.isLifted) {
        steps.move(event);
        return;
      }
      const { clientX, clientY } = press.event;
      const way = Math.hypot(event.clientX - clientX, event.clientY - clientY);
      if (isFinger() && way > FINGER) end();
      else if (!isFinger() && way > MOUSE) {
        lift();
        steps.move(event);
      }
    },
    pointerup(event) {
      if (event.pointerId !== press.event.pointerId) return;
      if (press.isLifted) {
        steps.drop();
        swallowClick();
      }
      end();
    },
    pointercancel: give,
    blur: (event) => event.target === window && give(),
    keydown(event) {
      if (event.key !== "Escape" || !press.isLifted) return;
      event.preventDefault();
      event.stopPropagation();
      give();
    },
  };

  function isFinger() {
    return press.event.pointerType !== "mouse";
  }

  function lift() {
    press.isLifted = true;
    if (isFinger()) navigator.vibrate?.(10);
    steps.lift(press.thing, press.event);
  }

  function give() {
    if (press.isLifted) steps.cancel();
    end();
  }

  function end() {
    clearTimeout(press.timer);
    press = null;
    for (const [name, listener] of Object.entries(listeners)) {
      window.removeEventListener(name, listener, true);
    }
  }
}

/** The click that ends a drag opens nothing. */
function swallowClick() {
  const swallow = (event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  window.addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => window.removeEventListener("click", swallow, true), 50);
}
