/* Every map of a page begins here. */
import { startAtlas } from "./atlas.js";
import { startMinimap } from "./minimap.js";
import { startPicker } from "./picker.js";

const begin = (attribute, start) =>
  document.querySelectorAll(`[${attribute}]`).forEach((root) => {
    start(root).catch((error) => {
      console.error(error);
      const said = root.querySelector("[data-atlas-part=said]");
      if (said) said.textContent = "地图没有画出来，请刷新页面；不影响填写和查看。";
    });
  });

begin("data-atlas", startAtlas);
begin("data-atlas-mini", startMinimap);
begin("data-atlas-picker", startPicker);
