// <s-rich><div class="prose" data-shown>…</div><textarea name="description"></textarea></s-rich>
// The text as it looks, edited in place: bold, italic, lists. The textarea carries it to
// the server, which cleans it. Without script the textarea is edited itself.

import { drawing } from "./words.js";

class Rich extends HTMLElement {
  connectedCallback() {
    if (this.editor) return;
    this.editor = this.querySelector("[data-shown]") ?? document.createElement("div");
    this.editor.className = "prose";
    this.editor.dir = "auto";
    this.#makeEditable();
    this.append(this.#tools(), this.editor);
    this.area.hidden = true;
  }

  /** @returns {HTMLTextAreaElement} */
  get area() {
    return this.querySelector("textarea");
  }

  #makeEditable() {
    const { editor, area } = this;
    editor.contentEditable = "true";
    editor.setAttribute("role", "textbox");
    editor.setAttribute("aria-multiline", "true");
    editor.setAttribute("aria-label", area.getAttribute("aria-label") ?? "");
    editor.dataset.empty = area.placeholder;
    for (const label of area.labels) label.addEventListener("click", () => editor.focus());
    if (area.hasAttribute("aria-invalid")) editor.setAttribute("aria-invalid", "true");
    editor.addEventListener("focus", () => {
      document.execCommand("defaultParagraphSeparator", false, "p");
    });
    editor.addEventListener("input", () => this.#carry());
    // Foreign formatting stays outside.
    editor.addEventListener("paste", (event) => {
      event.preventDefault();
      const text = event.clipboardData.getData("text/plain");
      document.execCommand("insertText", false, text);
    });
    editor.addEventListener("drop", (event) => event.preventDefault());
    editor.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]");
      if (link && (event.ctrlKey || event.metaKey)) window.open(link.href, "_blank", "noopener");
    });
  }

  #tools() {
    const tools = drawing("rich-tools");
    tools.addEventListener("pointerdown", (event) => event.preventDefault());
    tools.addEventListener("click", (event) => {
      const button = event.target.closest("[data-does]");
      if (!button) return;
      this.editor.focus();
      document.execCommand(button.dataset.does);
      this.#carry();
    });
    return tools;
  }

  #carry() {
    const { editor, area } = this;
    const isEmpty = editor.textContent.trim() === "" && !editor.querySelector("img, li");
    if (isEmpty) editor.replaceChildren();
    area.value = isEmpty ? "" : editor.innerHTML;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

customElements.define("s-rich", Rich);
