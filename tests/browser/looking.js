// What a page's reader would find amiss, as lists of sentences; empty lists if all is well.
() => {
  const said = (element) => `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""} “${(element.textContent ?? "").trim().slice(0, 60)}”`;
  const shown = (element) => element.getClientRects().length > 0;

  // Elements that are narrower than what they hold, but for those that scroll on purpose. A broad table may stand out
  // of the text (main) on either side; `wide` says whether it stands out of the window. A full-width bracket at the end
  // of a line is drawn half as wide, while its empty half still counts.
  const overflowing = [...document.querySelectorAll("html, body *")]
    .filter((element) => element instanceof HTMLElement && shown(element))
    .filter((element) => {
      const style = getComputedStyle(element);
      const scrolls = ["auto", "scroll"].includes(style.overflowX) && element.matches(".scroll, .canvas");
      return !scrolls && !element.matches("main") && style.display !== "inline"
        && element.scrollWidth > element.clientWidth + 1 + (/[）」”]/.test(element.textContent) ? parseFloat(style.fontSize) / 2 : 0);
    })
    .map(said);

  // Where a piece of a figure's writing stands: one line of letters, as high as the font is large.
  const place = (text) => {
    const box = text.getBoundingClientRect();
    const matrix = text.getScreenCTM();
    const size = parseFloat(getComputedStyle(text).fontSize) * Math.hypot(matrix.a, matrix.b);
    const upright = Math.abs(matrix.b) > Math.abs(matrix.a);
    const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    const [width, height] = upright ? [0.8 * size, 0.97 * box.height] : [0.97 * box.width, 0.8 * size];
    return { text: text.textContent.trim(), left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
  };
  const outside = [], over = [];
  let written = 0;
  for (const figure of document.querySelectorAll("svg")) {
    const sheet = figure.getBoundingClientRect();
    const places = [...figure.querySelectorAll("text")].map(place).filter((each) => each.text);
    written += places.length;
    for (const each of places)
      if (each.left < sheet.left - 1 || each.right > sheet.right + 1 || each.top < sheet.top - 1 || each.bottom > sheet.bottom + 1)
        outside.push(`${figure.querySelector("title").textContent}: ${each.text}`);
    places.forEach((one, i) => {
      for (const other of places.slice(i + 1))
        if (one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom)
          over.push(`${figure.querySelector("title").textContent}: ${one.text} / ${other.text}`);
    });
  }
  // Cells that reach into each other.
  const cells = [];
  for (const row of document.querySelectorAll("tr")) {
    const boxes = [...row.children].map((cell) => cell.getBoundingClientRect());
    boxes.slice(1).forEach((box, i) => { if (box.left < boxes[i].right - 1) cells.push(said(row)); });
  }
  return { overflowing, outside, over, cells, written, wide: document.documentElement.scrollWidth - window.innerWidth };
}
