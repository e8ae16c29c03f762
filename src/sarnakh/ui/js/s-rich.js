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
      if (editor.childNodes.length) return;
      // The first line is a paragraph as well.
      const line = document.createElement("p");
      line.append(document.createElement("br"));
      editor.append(line);
      getSelection().collapse(line, 0);
    });
    editor.addEventListener("blur", () => {
      if (this.#isEmpty) editor.replaceChildren();
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
    // The caret stays where it is.
    tools.addEventListener("mousedown", (event) => event.preventDefault());
    tools.addEventListener("click", (event) => {
      const button = event.target.closest("[data-does]");
      if (!button) return;
      this.editor.focus();
      if (button.dataset.does.endsWith("List")) this.#list(button.dataset.does);
      else document.execCommand(button.dataset.does);
      this.#carry();
    });
    return tools;
  }

  get #isEmpty() {
    return this.editor.textContent.trim() === "" && !this.editor.querySelector("img, li");
  }

  /** Browsers put a list into the paragraph it was made of, and move the caret. */
  #list(command) {
    const { anchorOffset, isCollapsed } = getSelection();
    document.execCommand(command);
    const { anchorNode } = getSelection();
    for (const list of this.editor.querySelectorAll("p > :is(ul, ol)")) {
      list.parentElement.replaceWith(...list.parentElement.childNodes);
    }
    if (isCollapsed && anchorNode instanceof Text) {
      getSelection().collapse(anchorNode, Math.min(anchorOffset, anchorNode.length));
    }
  }

  #carry() {
    const { editor, area } = this;
    area.value = this.#isEmpty ? "" : editor.innerHTML;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

customElements.define("s-rich", Rich);
