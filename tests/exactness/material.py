"""A publication small enough to build in a moment that has one of everything, and its variants."""

from tests.pictures import picture, placed
from tests.searching import INSTALLED

SLOTS = "abcdefgh"  # posts; the first six are there from the beginning
PATHS = {
    "a": "posts/2026-03-01-alpha.md",
    "b": "posts/2026-03-02-beta/index.md",
    "c": "posts/trade/2026-03-03-gamma.md",
    "d": "posts/2026-03-04-delta.md",
    "e": "posts/2026-03-05-epsilon.md",
    "f": "posts/2026-03-06-zeta.md",
    "g": "posts/2026-03-07-eta.md",
    "h": "posts/trade/2026-03-08-theta.md",
}
NAMES = ("posts/{slot}.md", "posts/{slot}/index.md", "posts/trade/{slot}-moved.md", "{home}")

# In texts, {a} is where the post of that slot is now, from the post that says so; {slot} its own
# letter. Neighbours in a list are often of one length: an edit then leaves a file's size alone.
FIELDS: dict[str, tuple[str | None, ...]] = {
    "title": ("Grain at sea", "Grain on sea", "\"Quotes\", and 'more'", "Of {slot}", "1984"),
    "dek": (None, "In short.", "In brief.", "A <b>bold</b> & plain dek"),
    "date": ("2026-03-01", "2026-03-02 10:00", "2026-03-09 23:00", "2026-03-14", "2025-12-31"),
    "updated": (None, "2026-03-09", "2026-03-10 08:00"),
    "tags": (None, "[grain]", "[Grain, ports]", "[ports, 'no']", "[ports, 'on']"),
    "section": (None, "Africa", "Trade", "Asia"),
    "authors": (None, "[ann]", "[ben]", "[ann, ben]", "[ben, ann]", "[Somebody Else]"),
    "story": (None, "The strait", "The canal"),
    "status": (None, "draft", "unlisted", "withdrawn", "published"),
    "embargo": (None, "2026-03-10 11:00", "2026-03-11 09:00"),
    "expires": (None, "2026-03-10 13:00", "2026-03-12"),
    "aliases": (None, "[/old/{slot}/]", "[/old/{slot}.html, /older/{slot}/]"),
    "canonical": (None, "https://elsewhere.example/{slot}"),
    "translation_of": (None, "{root_a}", "{root_c}", "{root_d}"),
    "related": (None, "false", "{{pin: ['{root_c}']}}", "{{exclude: ['{root_a}', '{root_b}']}}"),
    "template": (None, "special.html", "page.html"),
    "extra": (None, "{{mood: grim}}", "{{mood: glad}}"),
    "lang": (None, "fr", "ar"),
    "slug": (None, "{slot}-slug"),
    "kicker": (None, "Opinion", "Harvest"),
    "type": (None, "opinion", "news"),
    "dateline": (None, "ODESSA", "Suez"),
    "key_points": (None, "[First, second]"),
    "corrections": (
        None,
        "[{{date: 2026-03-08, text: It was Tuesday.}}]",
        "[{{date: 2026-03-08, text: It was Monday.}}, {{date: 2026-03-09, text: Once more.}}]",
    ),
    "sources": (None, "[{{title: A report, url: 'https://r.example/'}}]", "[A book]"),
    "image": (None, "{{src: chart.png, alt: A chart}}", "https://i.example/i.png"),
}
BODIES = {
    "grain": "Grain leaves the port of Odessa for Suez, ship by ship.",
    "grape": "Grapes leave the port of Odessa by Suez, ship to ship.",
    "canal": "Ships wait at the canal. The canal waits for ships and 'pilots'.",
    "harvest": "The harvest is late this year, and the silos of the delta are empty.",
    "link a": "As [we said]({a}).",
    "link b": "As [we said of beta]({b}#why).",
    "link c": "As [we said then]({c}).",
    "link f": "As [nobody has read]({f}).",
    "by name": "As [alpha](2026-03-01-alpha.md) says.",
    "by url": "See [alpha](/2026/03/01/alpha/) and [beta](https://d.example/old/b/).",
    "quote": "> We shall see.\n> — Reuters",
    "code": '```python\nprint("grain")\n```',
    "footnote": "A claim.[^1]\n\n[^1]: Its source.",
    "heading": "## Why\n\nBecause of the grain.",
    "image": "![A chart](chart.png)",
    "table": "| a | b |\n|---|---|\n| 1 | 2 |",
    "facts": "> [!FACTS]\n> Ten ships.",
    "pull": "> [!QUOTE]\n> The harvest is late this year.",
    "html": '<div class="map">A map</div>',
    "page": "Ask [us](../pages/about.md).",
}
DRAFTS: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {
    "a": (
        {"section": "Africa", "tags": "[grain]", "authors": "[ann]", "story": "The strait"},
        ("grain", "footnote"),
    ),
    "b": (
        {
            "section": "Trade",
            "tags": "[Grain, ports]",
            "authors": "[ann, ben]",
            "image": "{{src: chart.png, alt: A chart}}",
        },
        ("canal", "heading", "link a", "image"),
    ),
    "c": ({"story": "The strait", "tags": "[ports]", "authors": "[ben]"}, ("grape", "quote")),
    "d": ({"lang": "fr", "translation_of": "{root_a}", "section": "Africa"}, ("harvest",)),
    "e": ({"embargo": "2026-03-11 09:00", "story": "The strait"}, ("harvest", "code")),
    "f": ({"status": "draft", "tags": "[grain]"}, ("grain",)),
    "g": ({"tags": "[ports]", "section": "Trade"}, ("canal",)),
    "h": ({"authors": "[ann]", "section": "Asia"}, ("grape", "link a")),
}
DATES = {slot: PATHS[slot].rpartition("2026-")[2][:5] for slot in SLOTS}

# ---------------------------------------------------------------- blogforge.yaml

SETTINGS: dict[str, tuple[str | None, ...]] = {
    "#": (None, "a remark", "a re-mark"),
    "title": ("The Dispatch", "The Despatch", "Dépêche & Fils"),
    "url": ("https://d.example/", "https://d.example/blog/", "https://e.example/"),
    "dek": (None, "News of straits.", "News of canals."),
    "language": (None, "fr"),
    "languages": (
        None,
        "{ar: {title: البرقية}}",
        "{ar: {sections: {Africa: {name: أفريقيا}}}, de: {menu: [{title: Wir, url: /about/}]}}",
    ),
    "timezone": (None, "Asia/Tokyo"),
    "paginate": ("3", "2", "20"),
    "permalink": (None, "/{slug}/", "/{year}/{slug}.d/"),
    "markdown": (None, "{engine: commonmark}", "{typography: false}", "{trust: false}"),
    "feeds": (
        "{items: 2, groups: []}",
        "{items: 1, groups: []}",
        "{items: 3, groups: [rss]}",
        "{items: 2, groups: [], hub: ['https://hub.example/']}",
        "{items: 2, groups: [json, atom]}",
    ),
    "related": ("{limit: 2}", "{limit: 0}", "{limit: 4, half_life: 2}", "{title: Read on}"),
    "sections": (None, "[{name: Trade, dek: On ships.}, {name: Africa}]", "[{name: Africa}]"),
    "types": (None, "{opinion: Ours.}", "{opinion: Mine.}"),
    "share": (None, "[]", "[x, email]"),
    "cite": (None, "[]", "[apa]"),
    "llms_txt": (None, "false"),
    "digest": (None, "{subscribe: 'https://s.example/'}", "{subscribe: 'https://s.example'}"),
    "menu": (None, "[{title: About, url: /about/}]", "[{title: Us, url: /about/}]"),
    "plugins": (None, "[desk]", "[{module: desk, options: {folder: cities}}]"),
    "publisher": (None, "{name: The House}"),
    "social_cards": ("{enabled: false}", None),
    "theme": (None, "{look: paper, accent: '#06c'}", "{look: modern}", "{accent: '#060'}"),
    "extra": (None, "{motto: Slowly}", "{motto: Surely}"),
    "search": (None, "true") if INSTALLED else (None,),
    "images": ("{widths: [20, 50]}", "{widths: [20], quality: {webp: 9}}", "{enabled: false}"),
}

# ---------------------------------------------------------------- the other files

_BASE = """\
<!doctype html>
<html lang="{{ page.lang }}" dir="{{ page.lang | direction }}">
<title>{{ page.title }}|{{ config.title }}</title>
{{ head }}
<link rel="stylesheet" href="{{ asset("style.css") }}">
{% for one in page.languages %}{{ one.lang }} {{ one.url }}{% endfor %} {{ say("Tags", lang="fr") }}
{% include "masthead.html" %}
{% include "banner.html" ignore missing %}
{% block main %}{% endblock %}
{% block after %}{% endblock %}
"""
_MASTHEAD = """\
{% for section in sections() %}<a href="{{ section.url }}">{{ section.name }}</a>{% endfor %}
{% for item in config.menu %}<a href="{{ item.url }}">{{ item.title }}</a>{% endfor %}
{{ config.extra.motto | default("") }}
"""
_CARDS = """\
{% macro card(card) %}
<a href="{{ card.url }}">{{ card.title }}</a> {{ card.dek }} {{ card.date | date }}
{% for person in card.byline %}<a href="{{ person.url }}">{{ person.name }}</a>{% endfor %}
{% endmacro %}
"""
_LIST = """\
{% extends "base.html" %}
{% from "cards.html" import card with context %}
{% block main %}
{% include "of-" ~ page.kind ~ ".html" ignore missing %}
{{ group.name if group }} {{ group.dek if group }} {{ author.bio if author is defined }}
{% for one in cards %}{{ card(one) }}{% endfor %}
{{ count | default(0) }} {{ earlier.name if earlier is defined and earlier }}
{% for story in stories | default(()) %}{{ story.count }} {{ card(story.cards[0]) }}{% endfor %}
{{ paging.number }}/{{ paging.total }} {{ paging.previous }} {{ paging.next }}
{% endblock %}
"""
_HOME = """\
{% extends "base.html" %}
{% from "cards.html" import card with context %}
{% block main %}
{% if lead %}{{ card(lead) }}{% endif %}
{% for one in latest(2) %}{{ card(one) }}{% endfor %}
{% for one in section("Africa", 1) %}{{ card(one) }}{% endfor %}
{% for name, value in data("ticker").items() %}{{ name }}={{ value }} {% endfor %}
{% endblock %}
"""
_ARTICLE = """\
{% extends "base.html" %}
{% from "cards.html" import card with context %}
{% block main %}
<h1>{{ article.title }}</h1> {{ article.dek }} {{ article.kicker }} {{ article.type }}
{% for person in article.authors %}{{ person.name }}: {{ person.bio }}{% endfor %}
{% for tag in article.tags %}<a href="{{ tag.url }}">{{ tag.name }}</a>{% endfor %}
{{ article.html }} {{ article.words }}
{% for one in article.toc %}{{ one.text }}{% endfor %}
{% for one in article.corrections %}{{ one.text }}{% endfor %}
{% for one in article.sources %}{{ one.title }}{% endfor %}
{{ article.dateline }} {% for one in article.translations %}{{ one.lang }} {{ one.url }}{% endfor %}
{{ config.types.opinion }} {{ article.links | join(" ") }}
{% for one in share_links(article) %}{{ one.url }}{% endfor %}
{% for one in citations(article) %}{{ one.html }}{% endfor %}
{% for one in related(article) %}{{ card(one) }}{% endfor %}
{% set thread = thread(article) %}
{% if thread %}{{ thread.group.name }}
{% for one in thread.earlier + thread.later %}{{ card(one) }}{% endfor %}{% endif %}
{% endblock %}
"""
_PAGE = """\
{% extends "base.html" %}
{% block main %}{{ article.title }} {{ article.html }} {{ absolute(article.url) }}{% endblock %}
"""
_CORRECTIONS = """\
{% extends "base.html" %}
{% block main %}{{ intro.html if intro }} {{ paging.number }}
{% for one in corrections %}<a href="{{ one.url }}">{{ one.card.title }}</a> {{ one.text }}
{% endfor %}{% endblock %}
"""
_SPECIAL = """\
{% extends "article.html" %}
{% block after %}
{{ article.title | lower }} {{ article.extra.mood | default("calm") }}
{% endblock %}
"""
_GROUPS = """\
{% extends "base.html" %}
{% block main %}{% for entry in entries %}{{ entry.group.name }} {{ entry.count }}
{% if entry.newest %}{{ entry.newest.title }}{% endif %} {% endfor %}
{% for group in groups("tag") %}{{ group.name }} {% endfor %}{% endblock %}
"""
_ARCHIVE = """\
{% extends "base.html" %}
{% block main %}{% for year, months in years %}{{ year.name }}
{% for month, count in months %}{{ month.name }} {{ count }}{% endfor %}{% endfor %}{% endblock %}
"""
_TOWN = """\
{% extends "base.html" %}
{% block main %}{{ page.title | shout }} {{ subject.seats }}{% endblock %}
"""
_PLUGIN = """\
from blogforge.pages.plan import page_at


def configure(options):
    def towns(site, config):
        for name, town in site.data["towns"].items():
            yield page_at(
                f"{config.base_path}{options.get('folder', 'towns')}/{name}/",
                config,
                render="town.html",
                kind="town",
                title=name,
                subject=town,
                origin="data/towns.yaml",
                indexed=True,
            )
    return (towns,)


filters = {"shout": lambda text: text.upper()}
"""
_AUTHORS = """\
ann:
  name: Ann Lee
  bio: Ann writes of ships.
ben:
  name: Ben Roe
  handle: "@ben"
"""

# Path -> what may stand there; None: no file. The first is how it begins.
FILES: dict[str, tuple[str | None, ...]] = {
    "authors.yaml": (
        _AUTHORS,
        _AUTHORS.replace("of ships", "on ships"),
        _AUTHORS.replace("Ann Lee", "Ann Lea"),
        _AUTHORS.replace("  bio", "  sort_name: Lee Ann\n  bio"),
        _AUTHORS.partition("ben:")[0],
        None,
    ),
    "entities.yaml": (
        "Suez: [the canal, Odessa]\n",
        "Suez: [the canal]\nOdessa: [Odesa]\n",
        "The canal: [Suez]\n",
        "Suez: [the harvest, grain]\n",
        None,
    ),
    "pages/about.md": (
        "---\ntitle: About\n---\n\nWho we are.\n",
        "---\ntitle: About\n---\n\nWho we were.\n",
        "---\ntitle: Aboot\naliases: /us/\n---\n\nWho we are.\n",
        "---\ntitle: About\nstatus: draft\n---\n\nWho we are.\n",
        None,
    ),
    "pages/ar/about.md": (
        None,
        "---\ntitle: من نحن\n---\n\nصحيفة.\n",
        "---\ntitle: من نحن\ntranslation_of: pages/about.md\n---\n\nصحيفة.\n",
    ),
    "pages/corrections.md": (
        None,
        "---\ntitle: Errors\n---\n\nWe make them.\n",
        "---\ntitle: Errors\n---\n\nWe mend them.\n",
        "---\ntitle: Errors\ntemplate: page.html\n---\n\nWe mend them.\n",
    ),
    "data/ticker.yaml": ("wheat: 1\nmaize: 2\n", "wheat: 1\nmaize: 3\n", "maize: 2\nwheat: 1\n"),
    "data/towns.yaml": ("odessa: {seats: 1}\n", "odessa: {seats: 2}\n", "suez: {seats: 1}\n", "{}"),
    "static/style.css": (
        "a { color: red }\n",
        '@import "css/own.css";\n@import "css/brand.css";\na { color: tan }\n',
        None,
    ),
    "static/css/own.css": ("b { color: red }\n", "b { color: tan }\n"),
    "static/css/tokens.css": (None, ":root { --paper: #fff; --tint: #fff }\n"),
    "static/mark.svg": (None, "<svg/>", "<svg />"),
    "static/robots.txt": (None, "User-agent: *\n"),
    "static/deep/x.js": ("x = 1\n", "x = 2\n", None),
    "templates/base.html": (_BASE, _BASE.replace("{{ config", "{{config"), None),
    "templates/masthead.html": (_MASTHEAD, _MASTHEAD.replace("</a>", "</a> ")),
    "templates/cards.html": (_CARDS, _CARDS.replace("{{ card.dek }} ", "")),
    "templates/list.html": (_LIST, _LIST.replace("group.dek if group", "group.url if group")),
    "templates/home.html": (
        _HOME,
        _HOME.replace("latest(2)", "latest(3)"),
        _HOME.replace("latest(2)", "related(lead, limit=6)"),
        None,
    ),
    "templates/article.html": (
        _ARTICLE,
        _ARTICLE.replace("person.bio", "person.url"),
        _ARTICLE.replace("related(article)", "related(article, 3, article.section)"),
        '{% extends "theme/article.html" %}\n',
        None,
    ),
    "templates/page.html": (_PAGE, _PAGE.replace(" {{ absolute(article.url) }}", "")),
    "templates/corrections.html": (
        None,
        _CORRECTIONS,
        _CORRECTIONS.replace("one.text", "one.date | date"),
    ),
    "templates/withdrawn.html": (
        None,
        _PAGE,
        _PAGE.replace("article.title", "article.date | date"),
    ),
    "templates/special.html": (
        _SPECIAL,
        _SPECIAL.replace("calm", "cool"),
        _SPECIAL.replace("lower", "shout"),
    ),
    "templates/groups.html": (_GROUPS, _GROUPS.replace('"tag"', '"story"')),
    "templates/archive.html": (_ARCHIVE, None),
    "templates/author.html": ('{% extends "list.html" %}\n', '{% extends "story.html" %}\n', None),
    "templates/story.html": ('{% extends "list.html" %}\n', None),
    "templates/section.html": ('{% extends "list.html" %}\n', None),
    "templates/period.html": ('{% extends "list.html" %}\n', None),
    "templates/404.html": ('{% extends "base.html" %}\n', "Nothing.\n", None),
    "templates/town.html": (_TOWN, _TOWN.replace("subject.seats", "subject.seats * 2")),
    "templates/locales/fr.po": (
        None,
        'msgid "Tags"\nmsgstr "Thèmes"\n',
        'msgid "Tags"\nmsgstr "Sujets"\n',
    ),
    "templates/banner.html": (None, "Vote!", "Veto!"),
    "templates/of-section.html": (None, "A section.", "A saction."),
    "desk.py": (_PLUGIN, _PLUGIN.replace(".upper()", ".title()"), _PLUGIN.replace("True", "False")),
}
# Beside a post, as chart.png.
IMAGES = {
    "chart": picture(40, 30, "PNG"),
    "churt": picture(40, 30, "PNG", (120, 90, 40)),
    "a chart": picture(60, 30, "JPEG", exif=placed(6)),
}

# What is wrong with a publication that was sound: (path or slot, what stands there).
FAULTY_FILES = {
    "blogforge.yaml": "title: No address\n",
    "authors.yaml": "ann: {name: Ann, born: 1970}\n",
    "entities.yaml": "Suez: [Odessa]\nOdessa: [Odesa]\n",
    "pages/about.md": "---\ntitel: About\n---\n",
    "data/ticker.yaml": "wheat: [1\n",
    "templates/masthead.html": "{% if %}",
    "templates/article.html": "{{ article.nothing }}",
    "templates/home.html": "{{ lead.title.nothing }}",
    "templates/404.html": '{% extends "nowhere.html" %}',
    "templates/town.html": '{{ data("nothing") }}',
    "desk.py": "import nowhere\n",
}
FAULTY_FIELDS = {
    "title": "''",
    "date": "2026-02-30",
    "taggs": "[grain]",
    "related": "{{pin: [posts/nowhere.md]}}",
    "template": "nowhere.html",
    "aliases": "[/archive/]",
    "translation_of": "posts/nowhere.md",
    "image": "{{src: nowhere.png}}",
}
