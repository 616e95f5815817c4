// Asks for the composition anew at every tick, and puts the answer in place. Without it the button does.
"use strict";
const form = document.querySelector(".choosing");
let asked = 0;
form?.addEventListener("change", async () => {
  const turn = (asked += 1);
  const address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
  const answer = await fetch(address, { credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok || turn !== asked) return; // a later tick has asked already
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (turn !== asked) return;
  for (const part of document.querySelectorAll("[data-live]")) {
    part.replaceChildren(...(page.getElementById(part.id)?.childNodes ?? []));
  }
  history.replaceState(null, "", address);
});
