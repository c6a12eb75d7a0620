// What Eleventy is told: the same pages as its peers make.
import footnotes from "markdown-it-footnote";
import highlight from "@11ty/eleventy-plugin-syntaxhighlight";

const SECTIONS = ["Africa", "Middle East", "Europe", "Asia", "Economy", "Analysis"];
const PAGE = 20;
const MONTHS = "January February March April May June July August September October November December".split(" ");

export default function (config) {
  config.addPlugin(highlight);
  config.amendLibrary("md", (md) => md.set({ typographer: true }).use(footnotes));
  config.addPassthroughCopy("style.css");
  config.addGlobalData("site", { title: "The Invented Desk", url: "https://invented.example", sections: SECTIONS });
  config.addFilter("json", (value) => JSON.stringify(value));
  config.addFilter("iso", (date) => date.toISOString());
  config.addFilter("utc", (date) => date.toUTCString());
  config.addFilter("day", (date) => `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`);
  config.addCollection("posts", newest);
  config.addCollection("lists", (api) => groupsOf(newest(api)).flatMap(pagesOf));
  config.addCollection("feeds", (api) => groupsOf(newest(api)).map((group) => ({ ...group, posts: group.posts.slice(0, PAGE) })));
  config.addCollection("directories", (api) => directoriesOf(groupsOf(newest(api))));
  return { dir: { includes: "_includes" }, markdownTemplateEngine: false };
}

function newest(api) {
  return api.getFilteredByGlob("posts/*.md").sort((a, b) => b.date - a.date);
}

// The front page, and each section, tag and author, with their posts.
function groupsOf(posts) {
  const groups = new Map([["/", { kind: "home", name: "The Invented Desk", url: "/", posts }]]);
  const put = (kind, slugify, name, post) => {
    const url = `/${kind}/${slugify(name)}/`;
    if (!groups.has(url)) groups.set(url, { kind, name, url, posts: [] });
    groups.get(url).posts.push(post);
  };
  const slug = (name) => name.toLowerCase().replaceAll(" ", "-");
  for (const post of posts) {
    put("section", slug, post.data.section, post);
    for (const tag of post.data.topics) put("tag", slug, tag, post);
    for (const author of post.data.authors) put("author", slug, author, post);
  }
  return [...groups.values()];
}

function pagesOf(group) {
  const total = Math.ceil(group.posts.length / PAGE);
  const at = (number) => (number === 1 ? group.url : `${group.url}page/${number}/`);
  return Array.from({ length: total }, (_, index) => ({
    ...group,
    posts: group.posts.slice(index * PAGE, (index + 1) * PAGE),
    address: at(index + 1),
    number: index + 1,
    total,
    newer: index ? at(index) : "",
    older: index + 1 < total ? at(index + 2) : "",
  }));
}

function directoriesOf(groups) {
  return ["section", "tag", "author"].map((kind) => ({
    url: `/${kind}/`,
    name: kind,
    groups: groups.filter((group) => group.kind === kind).sort((a, b) => a.name.localeCompare(b.name)),
  }));
}
