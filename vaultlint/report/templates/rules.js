// The rules that hold all words of the search stay in the list.
(() => {
  "use strict";
  const rows = [...document.querySelectorAll("#rules-list tr")];
  const search = document.getElementById("rules-search");
  const status = document.getElementById("rules-status");
  const texts = rows.map((row) => row.textContent.toLowerCase());
  search.addEventListener("input", () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, at) => {
      row.hidden = !words.every((word) => texts[at].includes(word));
      if (!row.hidden) shown += 1;
    });
    status.textContent = words.length ? `${shown} of ${rows.length} rules` : "";
  });
  const form = document.getElementById("rules-tools");
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
})();
