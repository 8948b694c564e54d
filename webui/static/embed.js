// The search box for pages of others: a form behind the script's own tag, whose results open on our site.
//
// It runs under the strictest rules that a page may set for itself: all is made by the DOM, styles are a constructed
// sheet, and where the search is comes from the script's own address alone. Suggestions are those of our own pages
// (combobox.js, put in where it is named); where a page's policy forbids to fetch them, the box is a plain one.

(() => {
  "use strict";

  const WORDS = {
    vi: {
      label: "Tìm tin bài, văn bản, tệp đính kèm", button: "Tìm",
      suggest: { label: "Gợi ý", some: "%d gợi ý, dùng phím mũi tên để chọn", number: "số, ký hiệu", none: "Không có gợi ý" },
    },
    en: {
      label: "Search articles, documents and attachments", button: "Search",
      suggest: { label: "Suggestions", some: "%d suggestions, choose with the arrow keys", number: "number", none: "No suggestions" },
    },
  };
  const LONGEST_QUERY = 512; // characters, as the search reads

  // System colours follow the colour scheme of the place; the pairs are for browsers that know light-dark().
  const STYLE = `
    :host { display: block; }
    :host([hidden]) { display: none; }
    form { font: inherit; line-height: 1.5; max-width: 46rem; }
    label { display: block; font-weight: 600; margin-block-end: .3em; }
    .row { display: flex; position: relative; }
    input, button { font: inherit; line-height: 1.5; box-sizing: border-box; min-height: 2.75rem; margin: 0; border: 2px solid #75838c; }
    input { flex: 1; min-width: 0; padding: .3em .6em; appearance: none; background: Field; color: FieldText; border-inline-end: 0; border-radius: 4px 0 0 4px; }
    button {
      padding: .3em 1.2em; font-weight: 600; cursor: pointer; border-radius: 0 4px 4px 0;
      background: #0f5c63; color: #fff; border-color: #0f5c63;
      background: light-dark(#0f5c63, #2f9aa0); color: light-dark(#fff, #06181a); border-color: light-dark(#0f5c63, #2f9aa0);
    }
    button:hover { text-decoration: underline; }
    :focus-visible { position: relative; outline: 3px solid #f4c453; box-shadow: 0 0 0 5px #10181d; }
    .suggestions {
      position: absolute; inset: 100% 0 auto; z-index: 2147483647; box-sizing: border-box; margin: .25em 0 0; padding: .3em 0; list-style: none;
      max-height: min(26rem, 60vh); overflow-y: auto; overscroll-behavior: contain; text-align: start;
      background: Field; color: FieldText; border: 2px solid #75838c; border-radius: 4px; box-shadow: 0 .4rem 1rem rgb(0 0 0 / .25);
    }
    .suggestions[hidden] { display: none; }
    .suggestions li { padding: .45em .75em; cursor: pointer; border-inline-start: 4px solid transparent; scroll-margin: .3em; }
    .suggestions [aria-selected="true"] { border-color: #2f9aa0; text-decoration: underline; }
    .suggestion-kind { opacity: .8; font-size: .9em; margin-inline-start: .35em; }
    .unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    @media (forced-colors: active) {
      button { border-color: ButtonBorder; }
      .suggestions li { border-color: Field; }
      .suggestions [aria-selected="true"] { forced-color-adjust: none; background: SelectedItem; color: SelectedItemText; border-color: SelectedItemText; }
    }
  `;

  const script = document.currentScript;
  if (!script?.src) return; // a module or an inline script: nothing says where the search is
  if (document.head?.contains(script)) {
    console.warn("embed.js: put the script tag in <body>, where the search box shall be.");
    return;
  }

  const enhance = (() => {
    // combobox.js
    return enhance;
  })();

  const address = new URL("search", script.src);
  const suggestions = new URL("api/v1/suggest", script.src);
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
  enhance(root.querySelector("input[name=q]"));

  function form({ label, button, suggest }) {
    const row = make("div", { class: "row" });
    row.append(
      make("input", { id: "q", name: "q", type: "search", maxlength: LONGEST_QUERY, autocomplete: "off", spellcheck: "false", enterkeyhint: "search", ...asked(suggest) }),
      make("button", { type: "submit" }, button),
    );
    const made = make("form", { action: address.href, method: "get", role: "search", lang: language });
    made.append(make("label", { for: "q" }, label), row);
    for (const [name, values] of [["source", split(source)], ["category", split(category)], ["lang", language === lang ? [lang] : []]]) {
      for (const value of values) made.append(make("input", { type: "hidden", name, value }));
    }
    return made;
  }

  function asked({ label, some, number, none }) {
    return {
      "data-suggest": suggestions.href, "data-suggest-label": label, "data-suggest-some": some,
      "data-suggest-number": number, "data-suggest-none": none,
    };
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
