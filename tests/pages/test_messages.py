"""The interface in other languages: catalogues, what they lack, and what follows from an edit."""

import re
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from blogforge.build import build
from blogforge.errors import ContentError
from blogforge.options import Options
from blogforge.pages.messages import Catalogues, Message
from tests.conftest import CONFIG, REPOSITORY, MakeSite
from tests.invented import post, site_of
from tests.rendering import FILES, publication, write

OPTIONS = Options(now=datetime(2026, 3, 10, 12, tzinfo=UTC), jobs=1)
LANGUAGES = ("ar", "de", "es", "fr", "zh")
PLACEHOLDER = re.compile(r"%\(\w+\)s")
FRENCH = REPOSITORY / "templates/locales/fr.po"


def catalogue(lang: str) -> Catalog:
    file = REPOSITORY / f"templates/locales/{lang}.po"
    return read_po(BytesIO(file.read_bytes()), lang, abort_invalid=True)


@cache
def messages() -> set[str]:
    """Every message of the theme's templates and of the code, its singular."""
    keywords = {"_": None, "say": None, "message": None, "ngettext": (1, 2), "nsay": (1, 2)}
    places = [("templates", "**.html", "jinja2.ext:babel_extract")]
    places += [("src/blogforge/pages", "**.py", "python")]
    found: set[str] = set()
    for folder, pattern, method in places:
        extracted = extract_from_dir(
            str(REPOSITORY / folder), [(pattern, method)], {pattern: {"silent": "false"}}, keywords
        )
        found.update(text if isinstance(text, str) else text[0] for _, _, text, *_ in extracted)
    return found


# ---------------------------------------------------------------- the theme's catalogues


def test_there_are_messages() -> None:
    assert {"Archive", "More from %(name)s", "%(num)s article", "Opinion"} <= messages()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_message_is_translated(lang: str) -> None:
    found = catalogue(lang)
    assert not found.obsolete
    entries = [entry for entry in found if entry.id]
    assert {e.id if isinstance(e.id, str) else e.id[0] for e in entries} == messages()
    for entry in entries:
        forms = [entry.string] if isinstance(entry.string, str) else list(entry.string or ())
        assert not entry.fuzzy, entry.id
        assert all(forms), entry.id
        assert len(forms) == (found.num_plurals if entry.pluralizable else 1)
        ids = [entry.id] if isinstance(entry.id, str) else list(entry.id)
        wanted = set(PLACEHOLDER.findall(" ".join(ids)))
        said = [set(PLACEHOLDER.findall(form)) for form in forms]
        assert all(names <= wanted for names in said), entry.id
        assert set().union(*said) == wanted, entry.id


@pytest.mark.parametrize(
    ("lang", "counts"),
    [
        ("fr", {0: "0 article", 1: "1 article", 2: "2 articles"}),
        ("ar", {1: "مقال واحد", 2: "مقالان", 3: "3 مقالات", 11: "11 مقالًا", 100: "100 مقال"}),
        ("zh", {1: "1 篇文章", 5: "5 篇文章"}),
        ("en", {1: "1 article", 2: "2 articles"}),
        ("pt", {1: "1 article", 2: "2 articles"}),
    ],
)
def test_each_number_has_its_plural(tmp_path: Path, lang: str, counts: dict[int, str]) -> None:
    asked = ", ".join(map(str, counts))
    said = f"ngettext('%(num)s article', '%(num)s articles', n, lang='{lang}')"
    template = f"{{% for n in [{asked}] %}}[{{{{ {said} }}}}]{{% endfor %}}"
    write(tmp_path, {**FILES, "templates/404.html": template})
    text = publication(tmp_path, site_of([post("a")])).text("404.html").replace("\u00a0", " ")
    assert text == "".join(f"[{form}]" for form in counts.values())


# ---------------------------------------------------------------- what is read


PLURALS = """\
msgid ""
msgstr ""
"Plural-Forms: {}\\n"
"""


def read(**files: str) -> Catalogues:
    return Catalogues({f"locales/{n}.po": t for n, t in files.items()}.get)


def test_a_language_of_a_country_is_served_by_its_language() -> None:
    found = read(fr='msgid "Tags"\nmsgstr "Mots-clés"\n', zh='msgid "Tags"\nmsgstr "标签"\n')
    assert found.message("fr-CA", "Tags").forms == ("Mots-clés",)
    assert found.message("zh-Hans-CN", "Tags").forms == ("标签",)
    assert found.message("zh-TW", "Tags") == Message()  # reads other characters
    assert found.message("fr", "Latest") == Message()


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('msgid "Tags"\nnonsense\n', 2, "no catalogue"),
        ('msgid "Page %(number)s"\nmsgstr "Page %(nombre)s"\n', 1, r"%\(nombre\)s"),
        ('msgid "Page %(number)s"\nmsgstr "Page %(number)"\n', 1, "a '%'"),
        (PLURALS.format("nplurals=2; plural=n;"), 3, "gives no form of 2 for every number"),
        (PLURALS.format("nplurals=2; plural=1/n;"), 3, "'Plural-Forms' gives no form"),
        (PLURALS.format("nplurals=2; plural=print(n);"), 3, "'Plural-Forms' gives no form"),
    ],
)
def test_a_faulty_catalogue_is_a_located_error(text: str, line: int, says: str) -> None:
    with pytest.raises(ContentError, match=says) as caught:
        read(fr=text).message("fr", "Latest")
    (problem,) = caught.value.problems
    assert str(problem.location) == f"templates/locales/fr.po:{line}"


def test_what_is_not_translated_is_english_and_says_so(tmp_path: Path) -> None:
    catalogue = (
        'msgid "Tags"\nmsgstr "Mots"\n\n'
        'msgid "One"\nmsgstr ""\n\n'
        '#, fuzzy\nmsgid "Two"\nmsgstr "Deux"\n'
    )
    template = (
        "{{ say('Tags', lang='fr') }} {{ say('One', lang='fr') }} {{ say('Two', lang='fr') }} "
        "{{ _('Two', lang='fr') }} {{ say('<%(x)s>', lang='en-GB', x='&') }}"
    )
    files = {"templates/404.html": template, "templates/locales/fr.po": catalogue}
    text = publication(write(tmp_path, {**FILES, **files}), site_of([post("a")])).text("404.html")
    marked = '<span lang="en" dir="ltr">{}</span>'
    assert text == f"Mots {marked.format('One')} {marked.format('Two')} Two &lt;&amp;&gt;"


# ---------------------------------------------------------------- in a site


POSTS = {
    f"posts/{slug}.md": f"---\ntitle: {slug}\ndate: 2026-03-0{day}\ntags: [x]\n{more}---\n\nUn.\n"
    for slug, day, more in (("a", 1, ""), ("b", 2, "lang: fr\n"), ("c", 3, "lang: fr\n"))
}


def test_a_message_of_the_sites_own_renders_the_pages_that_show_it(make_site: MakeSite) -> None:
    site = make_site(POSTS)
    build(site, OPTIONS)
    french = site / "public/2026/03/02/b/index.html"
    assert "Mots-clés" in french.read_text(encoding="utf-8")
    make_site({"templates/locales/fr.po": 'msgid "Tags"\nmsgstr "Étiquettes"\n'})
    report = build(site, OPTIONS)
    assert len(report.rendered) == 2
    assert "Étiquettes" in french.read_text(encoding="utf-8")
    assert "L’essentiel" not in french.read_text(encoding="utf-8")
    assert not build(site, OPTIONS).rendered


def test_a_site_in_another_language_says_everything_in_it(make_site: MakeSite) -> None:
    config = CONFIG + "language: fr\n"
    site = make_site({**POSTS, "posts/b.md": POSTS["posts/b.md"].replace("x", "libye")}, config)
    build(site, OPTIONS)
    for page in ("index.html", "archive/index.html", "tag/index.html", "404.html"):
        text = (site / "public" / page).read_text(encoding="utf-8")
        assert 'lang="en"' not in text.replace(
            '<article class="card card-row h-entry" lang="en"', ""
        )
    assert "<title>Mots-clés · " in (site / "public/tag/index.html").read_text(encoding="utf-8")


def test_labels_of_earlier_versions_are_pointed_out(make_site: MakeSite) -> None:
    report = build(make_site({**POSTS, "templates/_labels.html": "{% set labels = {} %}"}), OPTIONS)
    (warning,) = report.warnings
    assert "templates/_labels.html" in str(warning)
    assert "templates/locales/en.po" in warning.hint
