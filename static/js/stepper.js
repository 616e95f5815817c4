// Puts − and + beside the counts of a marking sheet, for gloved hands. Without it the number is typed.
"use strict";
for (const stepper of document.querySelectorAll(".stepper")) {
  const input = stepper.querySelector("input");
  const most = input.dataset.most ? Number(input.dataset.most) : Infinity;
  const add = (change, sign, label) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sign;
    button.setAttribute("aria-label", label);
    button.disabled = input.disabled || Boolean(input.closest("fieldset:disabled"));
    button.addEventListener("click", () => {
      const now = /^\d+$/.test(input.value.trim()) ? Number(input.value) : 0;
      input.value = String(Math.min(most, Math.max(0, now + change)));
      input.dispatchEvent(new Event("input", { bubbles: true }));
    });
    return button;
  };
  stepper.prepend(add(-1, "−", stepper.dataset.less));
  stepper.append(add(1, "+", stepper.dataset.more));
}
