// The search box for pages of others: a form behind the script's own tag, whose results open on our site.
//
// It runs under the strictest rules that a page may set for itself: all is made by the DOM, styles are a constructed
// sheet, and where the search is comes from the script's own address alone.

(() => {
  "use strict";

  const WORDS = {
    vi: { label: "Tìm bài viết, văn bản, tệp đính kèm", button: "Tìm" },
    en: { label: "Search articles, documents and attachments", button: "Search" },
  };
  const LONGEST_QUERY = 512; // characters, as the search reads

  // System colours follow the colour scheme of the place; the pairs are for browsers that know light-dark().
  const STYLE = `
    :host { display: block; }
    :host([hidden]) { display: none; }
    form { font: inherit; line-height: 1.5; max-width: 46rem; }
    label { display: block; font-weight: 600; margin-block-end: .3em; }
    .row { display: flex; }
    input, button { font: inherit; line-height: 1.5; box-sizing: border-box; min-height: 2.75rem; margin: 0; border: 2px solid #75838c; }
    input { flex: 1; min-width: 0; padding: .3em .6em; appearance: none; background: Field; color: FieldText; border-inline-end: 0; border-radius: 4px 0 0 4px; }
    button {
      padding: .3em 1.2em; font-weight: 600; cursor: pointer; border-radius: 0 4px 4px 0;
      background: #0f5c63; color: #fff; border-color: #0f5c63;
      background: light-dark(#0f5c63, #2f9aa0); color: light-dark(#fff, #06181a); border-color: light-dark(#0f5c63, #2f9aa0);
    }
    button:hover { text-decoration: underline; }
    :focus-visible { position: relative; outline: 3px solid #f4c453; box-shadow: 0 0 0 5px #10181d; }
    @media (forced-colors: active) { button { border-color: ButtonBorder; } }
  `;

  const script = document.currentScript;
  if (!script?.src) return; // a module or an inline script: nothing says where the search is
  if (document.head?.contains(script)) {
    console.warn("embed.js: put the script tag in <body>, where the search box shall be.");
    return;
  }

  const address = new URL("search", script.src);
  const { lang, label, source, category } = script.dataset;
  const language = Object.hasOwn(WORDS, lang ?? "") ? lang : "vi";

  const box = make("div", { lang: language });
  const root = box.attachShadow({ mode: "open" });
  if ("adoptedStyleSheets" in root && "replaceSync" in CSSStyleSheet.prototype) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
  }
  const words = { ...WORDS[language], ...(label?.trim() && { label: label.trim() }) };
  root.append(form(words));
  script.after(box);

  function form({ label, button }) {
    const row = make("div", { class: "row" });
    row.append(
      make("input", { id: "q", name: "q", type: "search", maxlength: LONGEST_QUERY, autocomplete: "off", enterkeyhint: "search" }),
      make("button", { type: "submit" }, button),
    );
    const made = make("form", { action: address.href, method: "get", role: "search" });
    made.append(make("label", { for: "q" }, label), row);
    for (const [name, values] of [["source", split(source)], ["category", split(category)], ["lang", language === lang ? [lang] : []]]) {
      for (const value of values) made.append(make("input", { type: "hidden", name, value }));
    }
    return made;
  }

  // Several values of one option stand between bars.
  function split(values = "") {
    return values.split("|").map((value) => value.trim()).filter(Boolean);
  }

  function make(name, attributes, text = "") {
    const element = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
    if (text) element.append(text);
    return element;
  }
})();
