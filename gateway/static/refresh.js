// Parts of a page that fetch themselves anew: <div data-refresh="path" data-every="5">.
// data-part="#id" takes one element out of a whole page. What is stale says so in words.

import { clock } from "./now.js";

const age = document.querySelector("[data-age]");

function tell(fresh) {
  if (!age) return;
  if (fresh) age.dataset.last = clock();
  age.classList.toggle("stale", !fresh);
  const words = fresh ? age.dataset.fresh : age.dataset.stale;
  age.querySelector("span").textContent = words.replace("{time}", age.dataset.last ?? clock());
}

async function content(part) {
  const response = await fetch(part.dataset.refresh, { headers: { Accept: "text/html" } });
  if (!response.ok || response.redirected) throw new Error(`status ${response.status}`);
  const text = await response.text();
  if (!part.dataset.part) return text;
  const page = new DOMParser().parseFromString(text, "text/html");
  const wanted = page.querySelector(part.dataset.part);
  if (!wanted) throw new Error("part missing");
  return wanted.outerHTML;
}

function show(part, text) {
  if (part.dataset.shown === text) return;
  part.dataset.shown = text;
  const open = [...part.querySelectorAll("details")].map((each) => each.open);
  const focused = part.contains(document.activeElement) && document.activeElement.getAttribute("href");
  part.innerHTML = text;
  if (focused) part.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus();
  part.querySelectorAll("details").forEach((each, index) => {
    each.open = open[index] ?? each.open;
  });
}

async function refresh(part) {
  try {
    if (document.hidden) return;
    show(part, await content(part));
    tell(true);
  } catch {
    tell(false);
  }
}

for (const part of document.querySelectorAll("[data-refresh]")) {
  const wait = Number(part.dataset.every) * 1000;
  const again = async () => {
    await refresh(part);
    setTimeout(again, wait);
  };
  setTimeout(again, wait);
  document.addEventListener("visibilitychange", () => refresh(part));
}

if (age) tell(true);
