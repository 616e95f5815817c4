// A button that copies the text of a field; without scripts there is the field itself to select.
for (const line of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(line.dataset.copy);
  const said = line.querySelector("[role=status]");
  line.hidden = false;
  line.querySelector("button").addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy");
    }
    said.textContent = said.dataset.done;
  });
}
