// Suggestions while typing: the editable combobox with list autocomplete of WAI-ARIA 1.2.
// The box keeps what was typed until a suggestion is taken; without this it is a plain search box.

const LEAST = 2; // letters: one letter goes on to almost anything
const PAUSE = 120; // milliseconds: shorter than a pause between words, longer than one between keys
const KEPT = 50; // answers, so that deleting letters asks nothing again

function enhance(input) {
  const words = input.dataset;
  const list = made("ul", { class: "suggestions", role: "listbox", id: `${input.id}-suggestions`, "aria-label": words.suggestLabel });
  const status = made("div", { class: "unseen", role: "status" });
  const answers = new Map();
  let options = [];
  let active = -1;
  let timer;
  let request;
  let refused = false;

  list.hidden = true;
  input.after(list, status);
  set(input, { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" });

  function forget() {
    clearTimeout(timer);
    request?.abort();
  }

  function close() {
    forget();
    show([]);
    say("");
  }

  function say(text) {
    // The same words again would be read again, with every letter.
    if (status.textContent !== text) status.textContent = text;
  }

  function choose(index) {
    options[active]?.setAttribute("aria-selected", "false");
    active = index;
    const option = options[active];
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }

  function show(found) {
    choose(-1);
    options = found.map(({ text, kind }, index) => {
      const option = made("li", { role: "option", id: `${list.id}-${index}`, "aria-selected": "false", lang: "vi" }, text);
      option.dataset.text = text;
      if (kind === "number" && words.suggestNumber) {
        const lang = input.closest("[lang]").lang;
        option.append(" ", made("span", { class: "suggestion-kind", lang }, words.suggestNumber));
      }
      return option;
    });
    list.replaceChildren(...options);
    list.hidden = !options.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
  }

  function answer(found, key) {
    show(found);
    say(found.length ? words.suggestSome.replace("%d", found.length) : words.suggestNone);
    if (found.length && key) move(key);
  }

  async function ask(key) {
    forget();
    const typed = input.value.trimStart();
    if (typed.trim().length < LEAST || refused) return close();
    if (answers.has(typed)) return answer(answers.get(typed), key);
    const address = new URL(words.suggest, location.href);
    address.searchParams.set("q", typed);
    request = new AbortController();
    const { signal } = request;
    try {
      const response = await fetch(address, { signal });
      const found = response.ok ? (await response.json()).suggestions : [];
      // Aborted after the answer came: something newer was typed, or the box was left.
      if (signal.aborted) return;
      if (answers.size === KEPT) answers.delete(answers.keys().next().value);
      answers.set(typed, found);
      answer(found, key);
    } catch {
      // Nobody asked for suggestions: where there are none, the box goes on working.
      if (signal.aborted) return;
      // The page of another site may not let anything be fetched, and says so in its log each time.
      refused = address.origin !== location.origin;
      close();
    }
  }

  function later() {
    forget();
    timer = setTimeout(() => ask(), PAUSE);
  }

  function take(option) {
    input.value = option.dataset.text;
    close();
    input.form.requestSubmit();
  }

  function move(key) {
    const last = options.length - 1;
    if (key === "ArrowDown") choose(active < last ? active + 1 : 0);
    else choose(active > 0 ? active - 1 : last);
  }

  input.addEventListener("keydown", (event) => {
    // While an input method composes, keys are its own; Safari says so by the code 229 only.
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey) return;
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp":
        event.preventDefault();
        if (list.hidden) ask(event.key);
        else move(event.key);
        break;
      case "Enter":
        if (!options[active]) return close();
        event.preventDefault();
        take(options[active]);
        break;
      case "Escape":
        event.preventDefault();
        if (list.hidden) input.value = "";
        close();
        break;
      case "Home":
      case "End":
      case "ArrowLeft":
      case "ArrowRight":
        // These edit what was typed, so the box itself is what is at hand again.
        choose(-1);
    }
  });
  input.addEventListener("input", (event) => {
    // Half a Telex or VNI syllable is no word: the end of the composition asks.
    if (event.isComposing) forget();
    else later();
  });
  input.addEventListener("compositionend", later);
  input.addEventListener("blur", close);
  // The box keeps the focus when the list is pressed, by mouse or finger.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
}

function made(name, attributes, text = "") {
  const element = document.createElement(name);
  set(element, attributes);
  element.textContent = text;
  return element;
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}

// The boxes of our own pages; embed.js, which has all above in it, brings its own.
for (const input of document.querySelectorAll("input[data-suggest]")) enhance(input);
