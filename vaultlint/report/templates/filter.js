// Filters of the list of findings, and links that lead to what a filter hides.
(() => {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const form = byId("filters");
  if (!form) return;
  const status = byId("filter-status");
  const listings = [...document.querySelectorAll(".listing")].map((element) => ({
    element,
    name: element.querySelector("h3").textContent.toLowerCase(),
    findings: [...element.querySelectorAll(".finding")],
  }));
  const total = listings.reduce((sum, each) => sum + each.findings.length, 0);
  const texts = new WeakMap();
  const number = new Intl.NumberFormat("en");
  const some = (count, noun) => `${number.format(count)} ${noun}${count === 1 ? "" : "s"}`;

  function textOf(finding) {
    let text = texts.get(finding);
    if (text === undefined) texts.set(finding, (text = finding.textContent.toLowerCase()));
    return text;
  }

  function apply() {
    const words = byId("filter-text").value.toLowerCase().split(/\s+/).filter(Boolean);
    const rule = byId("filter-rule").value;
    const folder = byId("filter-folder").value;
    const boxes = [...form.querySelectorAll("input[name=severity]")];
    const severities = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const onlyNew = byId("filter-new")?.checked;
    let shown = 0;
    let files = 0;
    for (const { element, name, findings } of listings) {
      const here = !folder || element.dataset.folder === folder;
      let left = 0;
      for (const finding of findings) {
        const { rule: itsRule, severity, known } = finding.dataset;
        const wanted =
          here && severities.has(severity) && (!rule || itsRule === rule) &&
          !(onlyNew && known !== undefined) &&
          words.every((word) => name.includes(word) || textOf(finding).includes(word));
        finding.hidden = !wanted;
        if (wanted) left += 1;
      }
      element.hidden = !left;
      shown += left;
      if (left) files += 1;
    }
    status.textContent =
      shown === total
        ? `${some(shown, "finding")} in ${some(files, "file")}.`
        : `${number.format(shown)} of ${some(total, "finding")} in ${some(files, "file")}.`;
  }

  function reveal() {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && byId(id);
    if (!target) return;
    const closed = target.closest("details");
    if (closed) closed.open = true;
    if (target.closest("[hidden]")) {
      form.reset();
      apply();
      target.scrollIntoView();
    }
    if (target.tabIndex === -1) target.focus({ preventScroll: true });
  }

  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => {
    document.body.classList.remove("as-source");
    apply();
  }));
  byId("as-source").addEventListener("change", (event) => {
    document.body.classList.toggle("as-source", event.target.checked);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-rule], a[data-folder]");
    if (!link) return;
    form.reset();
    if (link.dataset.rule) byId("filter-rule").value = link.dataset.rule;
    if (link.dataset.folder) byId("filter-folder").value = link.dataset.folder;
    setTimeout(apply);
  });
  window.addEventListener("hashchange", reveal);
  apply();
  reveal();
})();
