// <s-copy><input readonly value="…"><button data-copies data-done="Copied"><span>Copy</span></button></s-copy>
// Puts the text into the clipboard and says so; without a clipboard it is selected.

class Copy extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("[data-copies]");
    const field = this.querySelector("input");
    field.addEventListener("focus", () => field.select());
    button.addEventListener("click", async () => {
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
      } catch {
        return;
      }
      const word = button.querySelector("span");
      const before = word.textContent;
      word.textContent = button.dataset.done;
      setTimeout(() => (word.textContent = before), 2_000);
    });
  }
}

customElements.define("s-copy", Copy);
