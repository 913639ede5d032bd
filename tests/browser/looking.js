// What a reader would find amiss on a page, as lists of sentences; empty lists if all is well.
() => {
  const said = (element) => {
    const text = element.textContent.trim().slice(0, 60);
    return `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""} “${text}”`;
  };

  // Elements that are narrower than what they hold, but for those that scroll on purpose. A broad table may stand out
  // of the text (main) on either side; `wide` says whether it stands out of the window. A full-width bracket at the end
  // of a line is drawn half as wide, while its empty half still counts.
  const overflowing = [...document.querySelectorAll("html, body *")]
    .filter((element) => element instanceof HTMLElement && element.getClientRects().length > 0)
    .filter((element) => {
      const style = getComputedStyle(element);
      const scrolls = ["auto", "scroll"].includes(style.overflowX) && element.matches(".scroll, .canvas");
      const spare = 1 + (/[）」”]/.test(element.textContent) ? parseFloat(style.fontSize) / 2 : 0);
      return !scrolls && !element.matches("main") && style.display !== "inline"
        && element.scrollWidth > element.clientWidth + spare;
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
    const words = text.textContent.trim();
    return { words, left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
  };
  const meet = (one, other) =>
    one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
  const within = (one, sheet) =>
    one.left > sheet.left - 1 && one.right < sheet.right + 1 && one.top > sheet.top - 1 && one.bottom < sheet.bottom + 1;

  const outside = [], over = [];
  let written = 0;
  for (const figure of document.querySelectorAll("svg")) {
    const title = figure.querySelector("title").textContent;
    const places = [...figure.querySelectorAll("text")].map(place).filter((each) => each.words);
    written += places.length;
    const sheet = figure.getBoundingClientRect();
    outside.push(...places.filter((each) => !within(each, sheet)).map((each) => `${title}: ${each.words}`));
    places.forEach((one, i) => {
      const others = places.slice(i + 1).filter((other) => meet(one, other));
      over.push(...others.map((other) => `${title}: ${one.words} / ${other.words}`));
    });
  }

  // Cells that reach into each other.
  const cells = [...document.querySelectorAll("tr")].filter((row) => {
    const boxes = [...row.children].map((cell) => cell.getBoundingClientRect());
    return boxes.slice(1).some((box, i) => box.left < boxes[i].right - 1);
  }).map(said);

  return { overflowing, outside, over, cells, written, wide: document.documentElement.scrollWidth - window.innerWidth };
}
