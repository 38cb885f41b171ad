"use strict";
(() => {
  // what a link or an address points to is unfolded, and so is everything when it is printed
  const unfold = (element) => {
    for (let at = element; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  };
  const reach = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    unfold(target);
    target.scrollIntoView({ block: "center" });
  };
  addEventListener("hashchange", reach);
  reach();

  // a list with many rows can be searched
  for (const input of document.querySelectorAll("input[data-filters]")) {
    const list = document.getElementById(input.dataset.filters);
    const rows = [...list.querySelectorAll("[data-name], .brief > li")];
    const said = document.getElementById(`${input.dataset.filters}-found`);
    const filter = () => {
      const wanted = input.value.trim().toLowerCase();
      let found = 0;
      for (const row of rows) {
        const there = (row.dataset.name ?? row.textContent).toLowerCase().includes(wanted);
        row.hidden = !there;
        found += there;
        if (there && wanted) unfold(row.parentElement);
      }
      if (said) said.textContent = wanted ? `${found} of ${rows.length}` : "";
    };
    input.closest("[hidden]")?.removeAttribute("hidden");
    input.addEventListener("input", filter);
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      input.value = "";
      filter();
    });
  }

  // Escape folds the row that has the focus
  addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && document.activeElement?.closest("details[open]");
    if (!open || document.activeElement.tagName === "INPUT") return;
    open.open = false;
    open.querySelector("summary").focus();
  });
  document.documentElement.dataset.ready = "yes";
})();
