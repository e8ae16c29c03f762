// While something is dragged near an edge, the board and the lane under it scroll.

const ZONE = 64;
const FASTEST = 18;

export class Edges {
  #frame = 0;
  #x = 0;
  #y = 0;

  /**
   * @param {HTMLElement} board
   * @param {() => void} scrolled called after every step
   */
  constructor(board, scrolled) {
    this.board = board;
    this.scrolled = scrolled;
    /** @type {HTMLElement | null} the cards under the pointer */
    this.cards = null;
  }

  /** @param {PointerEvent} event */
  at(event) {
    this.#x = event.clientX;
    this.#y = event.clientY;
    this.#frame ||= requestAnimationFrame(() => this.#step());
  }

  stop() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  #step() {
    const box = this.board.getBoundingClientRect();
    const moved = [this.board.scrollLeft, this.cards?.scrollTop];
    // A narrow board shows one lane at a time: about one lane a second.
    const fastest = Math.min(FASTEST, box.width / 60);
    this.board.scrollLeft += speed(this.#x, box.left, box.right, fastest);
    if (this.cards) {
      const { top, bottom } = this.cards.getBoundingClientRect();
      this.cards.scrollTop += speed(this.#y, top, bottom, FASTEST);
    }
    const isMoved = moved[0] !== this.board.scrollLeft || moved[1] !== this.cards?.scrollTop;
    if (isMoved) this.scrolled();
    this.#frame = isMoved ? requestAnimationFrame(() => this.#step()) : 0;
  }
}

function speed(at, start, end, fastest) {
  if (at < start + ZONE) return -fastest * Math.min(1, (start + ZONE - at) / ZONE);
  if (at > end - ZONE) return fastest * Math.min(1, (at - end + ZONE) / ZONE);
  return 0;
}
