/* Hides the checks that passed; without it, all are shown. */
Behaviour.specify(
  ".model-delivery-gate__filter",
  "model-delivery-gate-filter",
  0,
  (filter) => {
    const box = filter.querySelector("input");
    const said = filter.querySelector("[role=status]");
    const rows = Array.from(
      filter.closest(".model-delivery-gate").querySelectorAll("tr[data-passed]"),
    );
    box.addEventListener("change", () => {
      rows.forEach((row) => {
        row.hidden = box.checked && row.dataset.passed === "true";
      });
      const shown = rows.filter((row) => !row.hidden).length;
      said.textContent = shown + " of " + rows.length + " checks shown";
    });
    filter.hidden = false;
  },
);
