"use strict";
(() => {
  // the editor: Ctrl+Enter runs, and after an error the cursor stands where the parser gave up
  const query = document.getElementById("query");
  if (query) {
    query.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) query.form.requestSubmit();
    });
    if (query.dataset.fault) {
      // a text area counts UTF-16 units, the parser code points
      const points = [...query.value].slice(0, Number(query.dataset.fault));
      const at = points.join("").length;
      query.focus({ preventScroll: true });
      query.setSelectionRange(at, at + 1);
    }
  }

  // where the store is still being opened, or too many ask, the page comes by itself
  const retry = document.querySelector("[data-retry]");
  if (retry) setTimeout(() => location.reload(), Number(retry.dataset.retry) * 1000);

  // the words of a row come when it is unfolded; without them its link leads to their page
  const bring = async (link) => {
    const row = link.closest("details");
    link.removeAttribute("data-words");
    row.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(`${link.href}&most=2`);
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      link.parentElement.before(page.querySelector(".words"));
    } catch {
      link.setAttribute("data-words", "");
    }
    row.removeAttribute("aria-busy");
  };
  addEventListener("toggle", (event) => {
    const link = event.target.open && event.target.querySelector(":scope > .body [data-words]");
    if (link) bring(link);
  }, true);

  // what takes long says so, and is not sent twice
  for (const form of document.querySelectorAll("form[data-is-slow]")) {
    form.addEventListener("submit", () => {
      const button = form.querySelector("button");
      button.setAttribute("aria-busy", "true");
      button.dataset.said = button.textContent;
      button.textContent = form.dataset.isSlow;
    });
  }
  addEventListener("pageshow", () => {
    for (const button of document.querySelectorAll("button[aria-busy]")) {
      button.removeAttribute("aria-busy");
      if (button.dataset.said) button.textContent = button.dataset.said;
    }
  });

  // fields that are empty are left out of the address that people share
  for (const form of document.querySelectorAll("form:not([method=post])")) {
    form.addEventListener("formdata", (event) => {
      for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
    });
  }

  // on a phone the pages' names scroll: the one that is shown is brought into sight
  document.querySelector(".top nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

  // a choice in a list shows at once
  for (const form of document.querySelectorAll("form[data-goes-at-once]")) {
    for (const select of form.querySelectorAll("select")) {
      select.addEventListener("change", () => form.requestSubmit());
    }
  }
})();
