// <s-filter data-refresh="…/filter/rows">: choosing another field, comparison or value
// asks the server for the tree and its live count; without script a button does so.

class Filter extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", (event) => {
      if (event.target.matches("select, input")) this.refresh(event.target.name);
    });
  }

  /** @param {string} focus name of the control to come back to */
  async refresh(focus) {
    const body = new FormData(this.closest("form"));
    body.set("do", "look:0");
    const answer = await fetch(this.dataset.refresh, { method: "POST", body });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("s-filter");
    if (!fresh) return;
    this.replaceChildren(...fresh.childNodes);
    this.querySelector(`[name="${focus}"]`)?.focus();
  }
}

customElements.define("s-filter", Filter);
