// A box above a long list of filters that leaves only those with the typed letters.

const LONG = 10; // items: shorter lists are read faster than typed into

for (const list of document.querySelectorAll("[data-filter]")) enhance(list);

function enhance(list) {
  const words = list.dataset;
  // Items within items, such as the months of a year, stay with theirs.
  const items = [...list.querySelectorAll("li")].filter((item) => !list.contains(item.parentElement.closest("li")));
  if (items.length < LONG) return;

  const texts = items.map((item) => folded((item.querySelector(".choice-label") ?? item).textContent));
  const label = document.createElement("label");
  const input = document.createElement("input");
  const status = document.createElement("p");
  label.className = "filter-list";
  label.textContent = words.filterLabel;
  input.type = "search";
  input.autocomplete = "off";
  input.spellcheck = false;
  status.className = "hint";
  status.setAttribute("role", "status");
  label.append(input);
  list.before(label, status);

  input.addEventListener("input", () => {
    const wanted = folded(input.value).split(/\s+/);
    let shown = 0;
    items.forEach((item, index) => {
      item.hidden = !wanted.every((part) => texts[index].includes(part));
      if (!item.hidden) shown++;
    });
    const found = shown ? words.filterCount.replace("%d", shown) : words.filterNone;
    status.textContent = input.value.trim() ? found : "";
  });
  input.addEventListener("keydown", (event) => {
    // There is nothing to submit, and Escape empties the box in every browser.
    if (event.key === "Enter" && !event.isComposing) event.preventDefault();
    if (event.key !== "Escape" || !input.value) return;
    event.preventDefault();
    input.value = "";
    input.dispatchEvent(new Event("input"));
  });
}

// As vietnamese/letters.py folds: đ has no decomposition.
function folded(text) {
  return text.toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/\p{M}/gu, "").trim();
}
