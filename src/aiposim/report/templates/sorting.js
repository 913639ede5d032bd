for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.tHead.rows[0].cells];
  const highFirst = table.classList.contains("high");
  heads.forEach((head, column) => head.querySelector("button")?.addEventListener("click", () => {
    const first = highFirst && column > 0 ? "descending" : "ascending";
    const other = first === "ascending" ? "descending" : "ascending";
    const order = head.getAttribute("aria-sort") === first ? other : first;
    heads.forEach((each) => each.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", order);
    const value = (row) => parseFloat(row.cells[column].dataset.value);
    const rows = [...table.tBodies[0].rows].sort((one, another) => {
      const [a, b] = [value(one), value(another)];
      if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) - Number.isNaN(b);
      return order === "descending" ? b - a : a - b;
    });
    table.tBodies[0].append(...rows);
  }));
}
