// <s-composer><form hx-post="…"><textarea>…</form></s-composer>
// Ctrl+Enter sends; chosen files are named beside the paperclip; after a success the
// form is empty again and keeps the focus.

class Composer extends HTMLElement {
  #names = document.createElement("output");

  connectedCallback() {
    const files = this.querySelector("input[type=file]");
    if (files) {
      // The paperclip is its button; without scripts the browser's own one shows.
      files.classList.add("visually-hidden");
      this.#names.className = "muted clip";
      files.closest("label").after(this.#names);
      files.addEventListener("change", () => this.#name(files.files));
    }
    this.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.form.requestSubmit();
    });
    this.addEventListener("htmx:afterRequest", (event) => {
      const status = event.detail.xhr?.status ?? 0;
      if (event.target === this.form && status >= 200 && status < 300) this.#clear();
    });
  }

  /** @returns {HTMLFormElement} */
  get form() {
    return this.querySelector("form");
  }

  #name(files) {
    this.#names.textContent = [...files].map((file) => file.name).join(" · ");
  }

  #clear() {
    this.form.reset();
    this.#name([]);
    for (const field of this.form.querySelectorAll("input[name=mentions]")) field.remove();
  }
}

customElements.define("s-composer", Composer);
