// Walks through the places of a text where the words that were looked for stand.
// Buttons only: shortcuts of one letter get in the way of people who speak their commands (WCAG 2.1.4).

const calm = matchMedia("(prefers-reduced-motion: reduce)");

for (const text of document.querySelectorAll("[data-marks]")) enhance(text);

function enhance(text) {
  const words = text.dataset;
  const places = placesIn(text);
  if (!places.length) return;
  let current = -1;

  const bar = document.createElement("div");
  const status = document.createElement("span");
  bar.className = "marks";
  // The text may be in another language than its page.
  bar.lang = document.documentElement.lang;
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", words.marksLabel);
  status.setAttribute("role", "status");
  bar.append(
    button(words.marksPrevious, () => go(current > 0 ? current - 1 : places.length - 1)),
    status,
    button(words.marksNext, () => go(current < places.length - 1 ? current + 1 : 0)),
  );
  text.prepend(bar);
  say();

  function say() {
    if (current < 0) return void (status.textContent = words.marksAll.replace("%d", places.length));
    let count = 0;
    status.textContent = words.marksCount.replace(/%d/g, () => (count++ ? places.length : current + 1));
  }

  function go(to) {
    for (const mark of places[current] ?? []) mark.classList.remove("mark-current");
    current = to;
    for (const mark of places[current]) mark.classList.add("mark-current");
    places[current][0].scrollIntoView({ block: "center", behavior: calm.matches ? "instant" : "smooth" });
    say();
  }
}

// The paragraphs that hold all that was looked for, where the page names them: each with its marks up to the next such.
// Else marks with a blank between them are the syllables of one place.
function placesIn(text) {
  const answering = text.querySelectorAll("[data-place]");
  if (answering.length) {
    return [...answering].map((place) => {
      const marks = [...place.querySelectorAll("mark")];
      return marks.length ? marks : [place];
    });
  }
  const places = [];
  let last;
  for (const mark of text.querySelectorAll("mark")) {
    if (last && follows(last, mark)) places.at(-1).push(mark);
    else places.push([mark]);
    last = mark;
  }
  return places;
}

function follows(mark, next) {
  const between = mark.nextSibling;
  if (between === next) return true;
  return between?.nextSibling === next && between.nodeType === Node.TEXT_NODE && !between.data.trim();
}

function button(label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "quiet";
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}
