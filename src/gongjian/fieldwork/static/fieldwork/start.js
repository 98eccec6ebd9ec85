/* Every page of the phone begins here. */
import { startCheck } from "./check.js";
import { startFind } from "./find.js";
import { startFrame } from "./frame.js";
import { startAround, startList, startThing } from "./near.js";
import { startOutbox } from "./outbox.js";

const begin = (selector, start) => {
  const node = document.querySelector(selector);
  if (node) Promise.resolve(start(node)).catch((error) => console.error(error));
};

begin("[data-field]", startFrame);
begin("[data-errands]", startList);
begin(".field-head [data-far]", startThing);
begin("[data-around]", startAround);
begin("form[data-find]", startFind);
begin("form[data-check]", startCheck);
begin("[data-queue]", startOutbox);
