/* The live pages: values kept up to date, curves that tell their values and can be zoomed, the track on the map. All of it works without. */
import { keepUpToDate } from "./now.js";
import { growPanels, readPanels } from "./panels.js";
import { drawTracks } from "./track.js";

keepUpToDate(document.querySelector("[data-live]"));
readPanels(document);
growPanels(document);
drawTracks(document);
