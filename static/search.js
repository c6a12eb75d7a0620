// Searches the site from its search page: pagefind does the searching, the page has all words and
// the shape of a result. The address says what was looked for, so that it can be kept and passed on.

const AT_ONCE = 10; // results
const PAUSE = 200; // milliseconds without a key, after which a reader may be done with a word
const FILTERS = ["section", "author", "year", "type"];
// Of what an article is found by beside its text, how much each counts.
const WEIGHTS = { title: 5, byline: 2, topics: 1, aliases: 1 };

const page = document.querySelector("main.search");
const form = page.querySelector(".search-form");
const found = page.querySelector(".search-found");
const list = document.getElementById("search_results");
const more = document.getElementById("search_more");
const advice = document.getElementById("search_advice");
const shape = document.getElementById("search_result").content;
const language = document.documentElement.lang;
const title = document.title;

let latest = 0; // the number of the search that the reader waits for
let waiting = []; // results that are not shown yet
let opened = null; // the index, once somebody searches

// ---------------------------------------------------------------- the index

// The newest articles are in the first bundle, which brings the program; the archive is in others.
async function open() {
  const bundles = page.dataset.bundles.split(" ");
  const [newest, ...archive] = bundles;
  if (!newest) return null;
  const library = await import(`${newest}pagefind.js`);
  const options = (bundle) => ({ ranking: { metaWeights: WEIGHTS }, mergeFilter: { bundle } });
  const index = library.createInstance({ ...options(newest), basePath: newest });
  await index.init();
  await Promise.all(archive.map((bundle) => index.mergeIndex(bundle, options(bundle))));
  return { index, bundles };
}

async function search(words, filters, sort) {
  opened ??= open();
  const { index, bundles } = (await opened) ?? {};
  if (!index) return [];
  if (!sort) return (await index.search(words, { filters })).results;
  // Each bundle sorts its own.
  const parts = bundles.map((bundle) => index.search(words, { filters: { ...filters, bundle }, sort: { [sort]: "desc" } }));
  return (await Promise.all(parts)).flatMap((part) => part.results);
}

// ---------------------------------------------------------------- a result

const ENDS = /[.!?…。！？؟](<\/mark>)?$/; // of sentences

// The text of an article begins with its title, which stands above its excerpt already.
function excerpt(result) {
  const spaced = (text) => text.replace(/\s+/g, " ").trim();
  const content = spaced(result.content);
  const start = Math.max(0, content.indexOf(spaced(plain(result.plain_excerpt))));
  const said = spaced(result.meta.title).slice(start);
  const words = result.excerpt.split(/\s+/).slice(said ? said.split(" ").length : 0).join(" ");
  const before = said ? "" : content.slice(0, start).trim();
  return (before && !ENDS.test(before) ? "… " : "") + words + (ENDS.test(words) ? "" : " …");
}

// pagefind escapes these two and no others.
function plain(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
}

// pagefind marks a word with the full stop behind it.
function* marked(text) {
  for (const [place, part] of text.split(/<\/?mark>/).entries()) {
    if (place % 2 === 0) yield plain(part);
    else {
      const [, before, word, after] = plain(part).match(/^(\p{P}*)(.*?)(\p{P}*)$/su);
      const mark = document.createElement("mark");
      mark.textContent = word;
      yield* [before, mark, after];
    }
  }
}

function fill(element, ...content) {
  if (content.some(Boolean)) element.replaceChildren(...content);
  else element.remove();
}

function card(result) {
  const url = new URL(result.raw_url, location.href);
  const shown = new URLSearchParams(url.hash.slice(1));
  const made = shape.cloneNode(true);
  const part = (selector) => made.querySelector(selector);
  const article = part("article");
  const link = part("a");
  link.href = url.pathname;
  link.textContent = result.meta.title;
  const own = shown.get("lang");
  if (own) article.lang = own;
  article.dir = "auto";
  fill(part(".section-label"), (result.filters.section ?? []).join(", "));
  if (!part(".eyebrow").textContent) part(".eyebrow").remove();
  fill(part(".dek"), ...marked(excerpt(result)));
  fill(part(".byline"), (result.filters.author ?? []).join(", "));
  const date = shown.get("date");
  if (date) {
    part("time").dateTime = date;
    part("time").textContent = shown.get("day");
  } else part("time").remove();
  const image = shown.get("image");
  if (image) part("img").src = image;
  else {
    part(".card-image").remove();
    article.classList.remove("has-image");
  }
  return made;
}

// ---------------------------------------------------------------- the page

function choices() {
  const data = new FormData(form);
  const filters = {};
  for (const name of FILTERS) if (data.get(name)) filters[name] = data.get(name);
  return { words: (data.get("q") ?? "").trim(), filters, sort: data.get("sort") };
}

function address() {
  const chosen = [...new FormData(form)].filter(([, value]) => value);
  const query = new URLSearchParams(chosen).toString();
  return query ? `?${query}` : location.pathname;
}

function restore() {
  const query = new URLSearchParams(location.search);
  for (const field of form.elements) {
    if (field.name) field.value = query.get(field.name) ?? "";
    if (field.selectedIndex === -1) field.value = ""; // it is no choice any more
  }
}

async function show(number, focus) {
  const next = waiting.splice(0, AT_ONCE);
  const results = await Promise.all(next.map((result) => result.data()));
  if (number !== latest) return;
  const before = list.children.length;
  list.append(...results.map(card));
  more.hidden = waiting.length === 0;
  if (focus) list.children[before]?.querySelector("a").focus();
}

async function run() {
  const number = ++latest;
  const { words, filters, sort } = choices();
  document.title = words ? `${words} · ${title}` : title;
  if (!words) return say("", []);
  try {
    const results = await search(words, filters, sort);
    if (number !== latest) return;
    say(results.length ? found.dataset.found.replace("{}", results.length.toLocaleString(language)) : found.dataset.none, results);
    advice.hidden = results.length > 0;
    await show(number, false);
  } catch (error) {
    console.error(error);
    opened = null;
    if (number === latest) say(found.dataset.failed, []);
  }
}

function say(text, results) {
  found.textContent = text;
  waiting = [...results];
  list.replaceChildren();
  more.hidden = true;
  advice.hidden = true;
}

let pause;
form.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(() => {
    history.replaceState(null, "", address());
    run();
  }, PAUSE);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(pause);
  if (address() !== location.search) history.pushState(null, "", address());
  run();
});
more.addEventListener("click", () => show(latest, true));
addEventListener("popstate", () => {
  restore();
  run();
});
restore();
if (location.search) run();
else form.elements.q.focus();
