// Picked results go along from one page of results to the next, as long as the tab is open; nothing is told to anyone.
// Without this a list holds what was ticked on one page.

const KEY = "picked";
const form = document.querySelector("form[data-pick]");

if (form) enhance(form);
for (const link of document.querySelectorAll("a[data-unpick]")) {
  link.addEventListener("click", () => keep(kept().filter((one) => one !== link.dataset.unpick)));
}

function enhance(form) {
  const ticks = [...form.elements].filter((one) => one.type === "checkbox");
  const button = form.querySelector("button");
  const { pickSome } = form.dataset;
  const plain = button.textContent;
  for (const tick of ticks) {
    tick.checked = kept().includes(tick.value);
    tick.addEventListener("change", () => {
      const others = kept().filter((one) => one !== tick.value);
      keep(tick.checked ? [...others, tick.value] : others);
      say();
    });
  }
  form.addEventListener("formdata", (event) => {
    // All of them, in the order in which they were picked.
    event.formData.delete("id");
    for (const one of kept()) event.formData.append("id", one);
  });
  addEventListener("pageshow", say);
  say();

  function say() {
    const count = kept().length;
    for (const tick of ticks) tick.checked = kept().includes(tick.value);
    button.textContent = count ? pickSome.replace("%d", count) : plain;
    form.classList.toggle("pick-some", count > 0);
  }
}

function kept() {
  try {
    const found = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    return Array.isArray(found) ? found.filter((one) => typeof one === "string") : [];
  } catch {
    return [];
  }
}

function keep(picked) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(picked));
  } catch {
    // Storage is switched off: the page goes on as it does without scripts.
  }
}
