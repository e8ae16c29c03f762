// <s-sign data-largest="1048576" data-large="…"><canvas></canvas><button data-clears>…</button>
//   <input type="file" name="signature" hidden></s-sign>
// A field to sign in with finger, pen or mouse. The drawing goes along as a PNG file;
// who cannot draw ticks "typed name" beside it. Ink is the same in every theme.

const INK = "#12305c";
const WIDTH = 600;
const HEIGHT = 200;

class Sign extends HTMLElement {
  #isDrawing = false;
  #hasInk = false;

  connectedCallback() {
    this.canvas.width = WIDTH;
    this.canvas.height = HEIGHT;
    this.hidden = false;
    this.pen = this.canvas.getContext("2d");
    this.canvas.addEventListener("pointerdown", (event) => this.#begin(event));
    this.canvas.addEventListener("pointermove", (event) => this.#draw(event));
    for (const name of ["pointerup", "pointercancel"]) {
      this.canvas.addEventListener(name, () => this.#end());
    }
    this.querySelector("[data-clears]")?.addEventListener("click", () => this.#clear());
  }

  /** @returns {HTMLCanvasElement} */
  get canvas() {
    return this.querySelector("canvas");
  }

  /** @returns {HTMLInputElement} */
  get file() {
    return this.querySelector("input[type=file]");
  }

  #place(event) {
    const box = this.canvas.getBoundingClientRect();
    return [
      ((event.clientX - box.left) / box.width) * WIDTH,
      ((event.clientY - box.top) / box.height) * HEIGHT,
    ];
  }

  #begin(event) {
    if (event.button) return;
    event.preventDefault();
    this.canvas.setPointerCapture(event.pointerId);
    this.#isDrawing = true;
    Object.assign(this.pen, { lineWidth: 3, lineCap: "round", lineJoin: "round", strokeStyle: INK });
    this.pen.beginPath();
    this.pen.moveTo(...this.#place(event));
  }

  #draw(event) {
    if (!this.#isDrawing) return;
    for (const one of event.getCoalescedEvents?.() ?? [event]) this.pen.lineTo(...this.#place(one));
    this.pen.stroke();
    this.#hasInk = true;
  }

  #end() {
    if (!this.#isDrawing) return;
    this.#isDrawing = false;
    if (this.#hasInk) this.canvas.toBlob((blob) => this.#carry(blob), "image/png");
  }

  /** @param {Blob | null} blob */
  #carry(blob) {
    const carrier = new DataTransfer();
    if (blob) carrier.items.add(new File([blob], "signature.png", { type: "image/png" }));
    this.file.files = carrier.files;
    // Whoever has drawn does not sign by typing.
    const typed = this.closest("form")?.querySelector("[data-typed-name]");
    if (typed && blob) typed.checked = false;
  }

  #clear() {
    this.pen.clearRect(0, 0, WIDTH, HEIGHT);
    this.#hasInk = false;
    this.#carry(null);
  }
}

customElements.define("s-sign", Sign);
