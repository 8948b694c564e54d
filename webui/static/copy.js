// Buttons that copy a text; they stay hidden where the browser lets nothing into the clipboard.

const BACK = 4000; // milliseconds until the button has its own words again

for (const button of document.querySelectorAll("button[data-copy]")) {
  const source = document.querySelector(button.dataset.copy);
  if (source && navigator.clipboard) enhance(button, source);
}

function enhance(button, source) {
  const own = [...button.childNodes];
  const status = document.createElement("span");
  let timer;
  status.className = "unseen";
  status.setAttribute("role", "status");
  button.after(status);
  button.hidden = false;

  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText((source.value ?? source.innerText).trim());
    } catch {
      // Refused: with the text selected, the keys for copying do it.
      if (source.select) source.select();
      else getSelection().selectAllChildren(source);
      return;
    }
    clearTimeout(timer);
    say(button.dataset.copied);
    button.replaceChildren(button.dataset.copied);
    timer = setTimeout(() => {
      button.replaceChildren(...own);
      say("");
    }, BACK);
  });

  function say(text) {
    status.textContent = text;
  }
}
