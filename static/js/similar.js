// While somebody writes: what is already there and much alike, asked for after a pause. Without it the next page shows it.
"use strict";
const place = document.querySelector("[data-similar]");
const form = place?.closest("form");
const names = (place?.dataset.fields ?? "title problem suggestion").split(" ");
let asked = 0;
let waiting;
async function ask() {
  const turn = (asked += 1);
  const body = new URLSearchParams();
  for (const name of ["csrf_token", ...names]) body.set(name, form.elements[name].value);
  const answer = await fetch(place.dataset.similar, { method: "POST", body, credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok || turn !== asked) return; // somebody went on typing
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (turn === asked) place.replaceChildren(...(page.getElementById("similar")?.childNodes ?? []));
}
form?.addEventListener("input", (event) => {
  if (!names.includes(event.target.name)) return;
  clearTimeout(waiting);
  waiting = setTimeout(ask, 900);
});
