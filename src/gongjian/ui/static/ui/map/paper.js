/* On paper the map is as wide as the sheet, with the same middle and scale: it is laid out anew before printing and put back afterwards. */
const SHEET = [686, 620]; /* CSS pixels of an upright A4 within the margins of print.css */

export function keepForPaper(root, map) {
  const node = map.getContainer();
  let before = null;
  window.addEventListener("beforeprint", () => {
    before = { center: map.getCenter(), zoom: map.getZoom() };
    [node.style.width, node.style.height] = SHEET.map((side) => `${side}px`);
    map.invalidateSize({ animate: false });
    map.setView(before.center, before.zoom, { animate: false });
  });
  window.addEventListener("afterprint", () => {
    if (!before) return;
    node.style.width = node.style.height = "";
    map.invalidateSize({ animate: false });
    map.setView(before.center, before.zoom, { animate: false });
    before = null;
  });
}
