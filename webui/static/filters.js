// Filters: beside the results a tick narrows them at once and keeps the focus; where the filters hide the results several
// are ticked first, and the button says how many results there will be. Without this the button does it all.

const PAUSE = 150; // milliseconds: several ticks in a row ask once
const KEPT = "tracuu-tick";
const beside = matchMedia("(min-width: 52rem)"); // as in the stylesheet

for (const panel of document.querySelectorAll("[data-filters]")) enhance(panel);

function enhance(panel) {
  const place = panel.querySelector(".apply");
  if (!place) return;
  const note = panel.querySelector(".at-once");
  const [button, status] = place.children;
  const { form } = button;
  const own = button.textContent;
  const atOnce = () => note && beside.matches;
  let changed = false;
  let timer;
  let request;

  returnTo(panel);
  hideIdle();
  beside.addEventListener("change", hideIdle);
  // An address says only what is given.
  form.addEventListener("formdata", ({ formData }) => {
    for (const [name, value] of [...formData]) if (!value) formData.delete(name);
  });
  // A page that the browser kept shows the ticks that were its own.
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    form.reset();
    changed = false;
    say("");
    hideIdle();
  });

  panel.addEventListener("change", ({ target }) => {
    if (!target.name || target.form !== form) return;
    if (target.checked) untickInside(target);
    // Half a day is a day, too, of the year 2: days wait for the button.
    if (atOnce() && target.type !== "date") {
      remember(target);
      form.requestSubmit();
      return;
    }
    changed = true;
    hideIdle();
    // The number of before is of other ticks.
    button.textContent = own;
    request?.abort();
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });

  // A month stands in for its year, and a year for its months.
  function untickInside({ name, value }) {
    if (name !== "date") return;
    for (const other of form.elements) {
      if (other.name !== name || other.value === value) continue;
      if (other.value.startsWith(`${value}-`) || value.startsWith(`${other.value}-`)) other.checked = false;
    }
  }

  function hideIdle() {
    place.hidden = atOnce() && !changed;
    if (note) note.hidden = !atOnce();
  }

  async function ask() {
    request = new AbortController();
    const { signal } = request;
    const address = new URL(panel.dataset.filters, location.href);
    address.search = new URLSearchParams(new FormData(form));
    try {
      const response = await fetch(address, { signal });
      const { results } = response.ok ? await response.json() : { results: "" };
      if (!signal.aborted) say(results);
    } catch {
      // The button works without the number.
      if (!signal.aborted) say("");
    }
  }

  function say(results) {
    button.textContent = results ? panel.dataset.apply.replace("%s", results) : own;
    status.textContent = results;
  }
}

// The page that comes back has the control where it was, and the focus on it.
function remember(control) {
  const { name, type, value } = control;
  keep(JSON.stringify({ name, tick: type === "checkbox" && value, top: control.getBoundingClientRect().top }));
}

function returnTo(panel) {
  const kept = keep(null);
  if (!kept) return;
  const { name, tick, top } = JSON.parse(kept);
  const found = [...panel.querySelectorAll("[name]")].find((one) => one.name === name && (!tick || one.value === tick));
  if (!found) return;
  const fold = found.closest(".more");
  if (fold) fold.open = true;
  found.focus({ preventScroll: true });
  scrollBy({ top: found.getBoundingClientRect().top - top, behavior: "instant" });
}

// Returns what was kept; a browser that keeps nothing for us loses the place, no more.
function keep(text) {
  try {
    const before = sessionStorage.getItem(KEPT);
    if (text === null) sessionStorage.removeItem(KEPT);
    else sessionStorage.setItem(KEPT, text);
    return before;
  } catch {
    return null;
  }
}
