"""What authors get wrong: told with its place and its cure, and nothing is published."""

import time
from pathlib import Path

import pytest

from tests.commands import pages, run, tree, untouched
from tests.conftest import CONFIG, MakeSite

GOOD = "---\ntitle: Good\ndate: 2012-03-20\n---\n\nA good one.\n"
DRAFT = "---\ntitle: Draft\ndate: 2012-03-19\nstatus: draft\n---\n\nNot yet.\n"
SECRET = "zebrafish"  # stands in every bad post, and must be on no page
NOW = ("--now", "2026-01-01T00:00Z")
MOMENTS = "write it as 2012-03-21, 2012-03-21 10:00 or 2012-03-21T10:00:00+01:00"
BEGIN = "begin the file with '---', 'title: …' and '---', each on its own line"
HANG = 5.0  # seconds; a hang guard, no measure


def post(*lines: str, title: str = "title: Bad") -> str:
    """A post whose front matter has `lines` from line 4."""
    front = "\n".join(["---", title, "date: 2012-03-21", *lines, "---"])
    return f"{front}\n\nThe {SECRET}.\n"


def front(*lines: str) -> str:
    """A post whose front matter has `lines` from line 2."""
    return "\n".join(["---", *lines, "---", "", f"The {SECRET}.", ""])


def body(text: str) -> str:
    """A post whose body begins at line 6."""
    return f"---\ntitle: Bad\ndate: 2012-03-21\n---\n\n{text}\nThe {SECRET}.\n"


# what is wrong -> the file, line and column, message, hint
POSTS: dict[str, tuple[str | bytes, str, str, str]] = {
    "a day that does not exist": (
        front("title: T", "date: 2012-02-30"),
        "3:7",
        "'date' is a date that does not exist: '2012-02-30'",
        "February 2012 ends on the 29th",
    ),
    "a number sign in a title": (
        front("title: Route #9 closed", "date: 2012-03-21"),
        "2:14",
        "everything behind ' #' is a comment and would be lost",
        'put the value in quotes: title: "Route #9 closed"',
    ),
    "a number sign in a list": (
        post("tags: [#a]"),
        "4:8",
        "'#' begins a comment here, so the bracket before it never closes",
        "put the text with '#' in quotes: \"#a\"",
    ),
    "a quotation in a list": (
        post("key_points:", '- "Nobody" expected it.'),
        "5:12",
        "after a quotation mark or bracket has closed, nothing may follow",
        "put the whole item in quotes; inside them, write '' for ' (or \\\" for \")",
    ),
    "an author as a block": (
        post("authors: [{name: Ana}]"),
        "4:11",
        "item 1 of 'authors' must be text, not a mapping",
        "write the author's id; names and bios stand in authors.yaml",
    ),
    "a time that does not exist": (
        front("title: T", "date: 2012-02-28 25:00"),
        "3:7",
        "'date' is a time that does not exist: '25:00'",
        MOMENTS,
    ),
    "an unknown time zone": (
        front("title: T", "date: 2012-02-28 10:00 Mars/Base"),
        "3:7",
        "'date' has an unknown time zone: 'Mars/Base'",
        "write an offset such as Z or +01:00",
    ),
    "a date in words": (
        front("title: T", "date: 21 March 2012"),
        "3:7",
        "'date' is not a date: '21 March 2012'",
        MOMENTS,
    ),
    "a date of Americans": (
        front("title: T", "date: 03/21/2012"),
        "3:7",
        "'date' is not a date: '03/21/2012'",
        MOMENTS,
    ),
    "no date": (
        front("title: T"),
        "2:1",
        "'date' is missing",
        "write 'date: 2012-03-21', or begin the file's name with it",
    ),
    "an embargo that is no date": (
        post("embargo: tomorrow"),
        "4:10",
        "'embargo' is not a date: 'tomorrow'",
        MOMENTS,
    ),
    "a key twice": (
        post("title: Again"),
        "4:1",
        "the key 'title' stands in line 2 already",
        "keep one of the two",
    ),
    "a tab": (
        post("image:", "\tsrc: a.png"),
        "5:1",
        "a tab indents this line",
        "indent with spaces",
    ),
    "a colon in a title": (
        front("title: Foo: bar", "date: 2012-03-21"),
        "2:11",
        "a value with ': ' in it needs quotes",
        'put the value in quotes: title: "Foo: bar"',
    ),
    "no space after a colon": (
        front("title:Foo", "date: 2012-03-21"),
        "3:5",
        "the line above is not complete: it has no ': ' between key and value",
        "write 'key: value'",
    ),
    "a line indented too deep": (
        front("title: T", " date: 2012-03-21"),
        "3:6",
        "this line is indented deeper than the one above",
        "align it with the line above",
    ),
    "a title that begins with a star": (
        front("title: *Foo*", "date: 2012-03-21"),
        "2:8",
        "text that begins with '*' or '&' needs quotes",
        'put the value in quotes: title: "*Foo*"',
    ),
    "a title that begins with a handle": (
        front("title: @foo says", "date: 2012-03-21"),
        "2:8",
        "a value cannot begin with '@'",
        'put the value in quotes: title: "@foo says"',
    ),
    "a quotation mark without its pair": (
        front('title: "Foo', "date: 2012-03-21"),
        "2:8",
        "a quotation mark opens here and never closes",
        "close it, or double a quotation mark that belongs to the text",
    ),
    "text after quotes": (
        front('title: "Foo" bar', "date: 2012-03-21"),
        "2:14",
        "after a quotation mark or bracket has closed, nothing may follow",
        "put the whole value in quotes; inside them, write '' for ' (or \\\" for \")",
    ),
    "a backslash in quotes": (
        front('title: "C:\\Users"', "date: 2012-03-21"),
        "2:13",
        "a backslash in double quotes begins an escape that does not exist",
        "use single quotes, or write \\\\ for a backslash",
    ),
    "front matter that never ends": (
        f"---\ntitle: Foo\ndate: 2012-03-21\n\nThe {SECRET}\n",
        "1:1",
        "the front matter opens here and never closes",
        "end it with a line '---'",
    ),
    "a list as front matter": (
        front("- title", "- date"),
        "2:1",
        "front matter is not 'name: value' lines",
        "write 'title: …'",
    ),
    "text as front matter": (
        front("just text"),
        "2:1",
        "front matter is not 'name: value' lines",
        "write 'title: …'",
    ),
    "no front matter": (
        f"# The {SECRET}\n",
        "1:1",
        "there is no front matter, so the title is missing",
        BEGIN,
    ),
    "front matter of another generator": (
        f"+++\ntitle = '{SECRET}'\n+++\n",
        "1:1",
        "front matter in TOML is not read",
        "blogforge reads YAML front matter between lines '---'",
    ),
    "an empty file": ("", "1:1", "there is no front matter, so the title is missing", BEGIN),
    "a blank first line": (
        "\n" + post(),
        "2:1",
        "the front matter does not begin in the first line",
        "delete what stands before it",
    ),
    "an unknown key like a known one": (
        post("taggs: [mali]"),
        "4:1",
        "unknown key 'taggs'",
        "did you mean 'tags'?",
    ),
    "an unknown key": (
        post("frobnicate: 1"),
        "4:1",
        "unknown key 'frobnicate'",
        "put free fields under 'extra'",
    ),
    "a mapping for a list": (
        post("tags: {a: b}"),
        "4:7",
        "'tags' must be text or a list, not a mapping",
        "",
    ),
    "a word for a list of blocks": (
        post("corrections: yes"),
        "4:14",
        "'corrections' must be a list, not 'yes'",
        "begin each item with '- ', on a line of its own",
    ),
    "a list for a text": (
        front("title: [a, b]", "date: 2012-03-21"),
        "2:8",
        "'title' must be text, not a list",
        "put text that begins with '[' or '{' in quotes",
    ),
    "a word for a truth value": (
        post("draft: maybe"),
        "4:8",
        "'draft' must be true or false, not 'maybe'",
        "",
    ),
    "a status that does not exist": (
        post("status: publishd"),
        "4:9",
        "'status' must be draft, published, unlisted or withdrawn, not 'publishd'",
        "did you mean 'published'?",
    ),
    "tags in one text": (
        post("tags: mali, libya"),
        "4:7",
        "'tags' is one text with commas",
        "write [mali, libya]",
    ),
    "no title": (front("date: 2012-03-21"), "2:1", "'title' is missing", "write 'title: …'"),
    "an empty title": (
        front("title:", "date: 2012-03-21"),
        "2:7",
        "'title' is empty",
        "write 'title: …'",
    ),
    "a title that is a comment": (
        front("title: # 1", "date: 2012-03-21"),
        "2:7",
        "'title' is empty",
        "write 'title: …'",
    ),
    "Latin-1": (
        body("Caf\xe9").encode("latin-1"),
        "6:4",
        "the file is not UTF-8: byte 40 is 0xe9",
        "save it as UTF-8",
    ),
    "UTF-16": (
        body("x").encode("utf-16"),
        "1:1",
        "the file is UTF-16, not UTF-8",
        "save it as UTF-8",
    ),
    "UTF-16 without a mark": (
        body("x").encode("utf-16-be"),
        "1:1",
        "the file is UTF-16, not UTF-8",
        "save it as UTF-8",
    ),
    "NUL": (
        body("a\0b"),
        "6:2",
        "the character U+0000 is not allowed here",
        "delete it (an editor may not show it)",
    ),
    "a bell": (
        body("abc\x07"),
        "6:4",
        "the character U+0007 is not allowed here",
        "delete it (an editor may not show it)",
    ),
    "an escape code in a title": (
        front("title: a\x1b[31mb", "date: 2012-03-21"),
        "2:9",
        "the character U+001B is not allowed here",
        "delete it (an editor may not show it)",
    ),
    "brackets without end": (
        post("tags: " + "[" * 100_000),
        "4:56",
        "this is nested more than 50 levels deep",
        "put text that begins with '[' or '{' in quotes",
    ),
    "aliases that multiply": (
        front(
            "a: &a [x]",
            *(
                f"{b}: &{b} [{f'*{a}, ' * 9}]"
                for a, b in zip("abcdefghi", "bcdefghij", strict=True)
            ),
        ),
        "2:4",
        "anchors such as '&a' are not supported",
        'put the value in quotes: a: "&a [x]"',
    ),
    "a slug that climbs": (post("slug: ../x"), "4:7", "'slug' begins with a dot", "write x"),
    "a slug that is dots": (
        post("slug: .."),
        "4:7",
        "'slug' is empty or leaves its folder",
        "write my-post",
    ),
    "a slug from the root": (post("slug: /abs"), "4:7", "'slug' has /", "write abs"),
    "a slug that climbs in code": (
        post("slug: '%2e%2e/'"),
        "4:7",
        "'slug' has % /",
        "write percent-2e-percent-2e",
    ),
    "a slug that climbs backwards": (
        post("slug: '..\\x'"),
        "4:7",
        "'slug' begins with a dot",
        "write x",
    ),
    "a slug with NUL": (
        post('slug: "a\\0b"'),
        "4:7",
        "an escape makes the character U+0000, which is not allowed",
        "use single quotes, or write \\\\ for a backslash",
    ),
    "an alias that climbs": (
        post("aliases: [/../x]"),
        "4:11",
        "the alias '/../x' has a part that is empty or leaves its folder",
        "write a path from the site's root, such as /old/name/",
    ),
    "a language in words": (
        post("lang: english"),
        "4:7",
        "'lang' is not a language tag: 'english'",
        "write it as en, fr-CA or zh-Hant",
    ),
    "a canonical address without a scheme": (
        post("canonical: example.org/a"),
        "4:12",
        "'canonical' must be a whole address that begins with http:// or https://",
        "write it as https://example.org/path",
    ),
    "a script that never ends": (
        body("before\n\n<script>alert(1)\n"),
        "8:1",
        "<script> is never closed and hides the text behind it",
        "close it with </script>",
    ),
    "a pin on nothing": (
        post("related: {pin: [good.md, godo.md]}"),
        "4:26",
        "related: pin 'godo.md' is no post",
        "did you mean 'good'?",
    ),
    "an exclude of nothing": (
        post("related:", "  exclude:", "  - good", "  - nowhere/at/all.md"),
        "7:5",
        "related: exclude 'nowhere/at/all.md' is no post",
        "write the file name, path or slug of a published post",
    ),
    "a pin on a draft": (
        post("related:", "  pin: draft.md"),
        "5:8",
        "related: pin 'draft.md' is not shown: posts/draft.md is a draft",
        "publish that post, or take the pin out",
    ),
    "an empty pin": (
        post("related: {pin: ['', good.md]}"),
        "4:17",
        "'related.pin' has an empty entry",
        "delete it",
    ),
    "a link to a draft": (
        body("See [this](draft.md)."),
        "6:12",
        "links to posts/draft.md, which is not published (draft)",
        "publish that post, or take the link out",
    ),
}


@pytest.mark.parametrize("mistake", POSTS)
def test_a_mistake_in_a_post_is_told_with_its_place_and_its_cure(
    mistake: str, make_site: MakeSite
) -> None:
    text, where, message, hint = POSTS[mistake]
    site = make_site({"posts/good.md": GOOD, "posts/draft.md": DRAFT, "posts/bad.md": text})
    started = time.monotonic()
    with untouched(site / "public"):
        outcome = run(site, "build", *NOW)
    assert time.monotonic() - started < HANG
    assert outcome.status == 1
    assert outcome.out == ""
    lines = outcome.err.splitlines()
    assert lines[0] == f"posts/bad.md:{where}: {message}"
    assert lines[-1] == f"  hint: {hint}" if hint else "hint" not in lines[-1]
    assert len(lines) <= 3, "one mistake, one problem"
    assert all(len(line) < 200 for line in lines)
    assert outcome.err.replace("\n", "").isprintable()


@pytest.mark.parametrize("mistake", ["an impossible date", "a missing title"])
def test_a_page_is_as_strict_as_a_post(mistake: str, make_site: MakeSite) -> None:
    matter = {"an impossible date": "title: T\nupdated: 2012-13-01", "a missing title": "dek: D"}
    site = make_site(
        {"posts/good.md": GOOD, "pages/about.md": f"---\n{matter[mistake]}\n---\n\n{SECRET}\n"}
    )
    with untouched(site / "public"):
        outcome = run(site, "build", *NOW)
    assert outcome.status == 1
    assert outcome.err.startswith("pages/about.md:")


# ---------------------------------------------------------------- blogforge.yaml

# what is wrong -> its lines, line and column, message, hint
SETTINGS: dict[str, tuple[str, str, str, str]] = {
    "a time zone": (
        "timezone: Europe/Pari\n",
        "3:11",
        "'timezone' is not a known time zone: 'Europe/Pari'",
        "did you mean 'Europe/Paris'?",
    ),
    "a key twice": (
        "title: Again\n",
        "3:1",
        "the key 'title' stands in line 1 already",
        "keep one of the two",
    ),
    "an unknown key": (
        "permalinks: /{slug}/\n",
        "3:1",
        "unknown key 'permalinks'",
        "did you mean 'permalink'?",
    ),
    "a word for a number": (
        "paginate: many\n",
        "3:11",
        "'paginate' must be a whole number, not 'many'",
        "",
    ),
    "a tab": (
        "markdown:\n\tengine: markdown\n",
        "4:1",
        "a tab indents this line",
        "indent with spaces",
    ),
    "sections as words": (
        "sections: [Trade]\n",
        "3:12",
        "item 1 of 'sections' must be a mapping ('name: value'), not 'Trade'",
        "write '- name: Trade' on a line of its own",
    ),
    "an engine": (
        "markdown: {engine: commonmarkdown}\n",
        "3:20",
        "'markdown.engine' must be markdown or commonmark, not 'commonmarkdown'",
        "did you mean 'commonmark'?",
    ),
    "a menu without addresses": (
        "menu: [{title: x}]\n",
        "3:8",
        "'url' is missing in item 1 of 'menu'",
        "write 'url: …'",
    ),
    "the site's folder for the tree": (
        "output: .\n",
        "3:9",
        "'output' must be a folder of its own",
        "write public",
    ),
    "the top for the tree": (
        "output: /\n",
        "3:9",
        "'output' must be a folder of its own",
        "write public",
    ),
    "a shell's word for the tree": (
        "output: ~/public\n",
        "3:9",
        "'output' begins with '~', which only a shell understands",
        "write the whole path",
    ),
    "a permalink that climbs": (
        "permalink: /../{slug}/\n",
        "3:12",
        "'permalink' has a part that is empty or leaves its folder",
        "use letters, digits and hyphens",
    ),
    "a permalink that climbs in code": (
        "permalink: '/%2e%2e/{slug}/'\n",
        "3:12",
        "'permalink' has a part that has %",
        "use letters, digits and hyphens",
    ),
    "a permalink that climbs backwards": (
        "permalink: '/..\\{slug}/'\n",
        "3:12",
        "'permalink' has a part that begins with a dot",
        "use letters, digits and hyphens",
    ),
    "a permalink for all posts": (
        "permalink: /post/\n",
        "3:12",
        "'permalink' must contain {slug}",
        "write it as /{year}/{month}/{day}/{slug}/",
    ),
}


@pytest.mark.parametrize("mistake", SETTINGS)
def test_a_mistake_in_the_settings_is_told_with_its_place_and_its_cure(
    mistake: str, make_site: MakeSite
) -> None:
    text, where, message, hint = SETTINGS[mistake]
    site = make_site({"posts/good.md": GOOD}, config=CONFIG + text)
    with untouched(site / "public"):
        outcome = run(site, "build", *NOW)
    assert outcome.status == 2
    assert outcome.out == ""
    lines = outcome.err.splitlines()
    assert lines[0] == f"blogforge.yaml:{where}: {message}"
    assert lines[-1] == f"  hint: {hint}" if hint else "hint" not in lines[-1]


# ---------------------------------------------------------------- entities.yaml

# what is wrong -> the text, line and column, message, hint
NAMES: dict[str, tuple[str, str, str, str]] = {
    "no names": (
        "- Gaddafi\n",
        "1:1",
        "entities are not 'name: [spellings]' lines",
        "write 'Muammar Qaddafi: [Gaddafi, Qadhafi]'",
    ),
    "one spelling, and no list": (
        "Qaddafi: Gaddafi\n",
        "1:10",
        "'Qaddafi' must be a list, not 'Gaddafi'",
        "write [Gaddafi]",
    ),
    "a spelling of two names": (
        "Qaddafi: [Gaddafi]\nSaif: [gaddafi]\n",
        "2:8",
        "'gaddafi' stands for 'Qaddafi' already",
        "keep one of the two",
    ),
    "a name that is a spelling": (
        "Qaddafi: [Saif]\nSaif: [Saif al-Islam]\n",
        "1:11",
        "'Saif' is a name of its own",
        "keep one of the two",
    ),
    "a name twice": (
        "al-Qaeda: []\nAl Qaeda: []\n",
        "2:1",
        "'Al Qaeda' is the name 'al-Qaeda' again",
        "make one list of the two",
    ),
    "nothing for a spelling": (
        "Qaddafi: ['']\n",
        "1:11",
        "a spelling is empty",
        "write a name, or take it out",
    ),
    "signs for a spelling": (
        "Qaddafi: ['?']\n",
        "1:11",
        "'?' has no letter or digit",
        "write a name, or take it out",
    ),
}


@pytest.mark.parametrize("mistake", NAMES)
def test_a_mistake_in_entities_is_told_with_its_place_and_its_cure(
    mistake: str, make_site: MakeSite
) -> None:
    text, where, message, hint = NAMES[mistake]
    site = make_site({"posts/good.md": GOOD, "entities.yaml": text})
    with untouched(site / "public"):
        outcome = run(site, "build", *NOW)
    assert outcome.status == 1
    lines = outcome.err.splitlines()
    assert lines[0] == f"entities.yaml:{where}: {message}"
    assert f"  hint: {hint}" in lines


# ---------------------------------------------------------------- folders and addresses


@pytest.mark.parametrize("output", ["..", "posts", "static/www"])
def test_an_output_folder_that_is_not_ours_is_refused(output: str, make_site: MakeSite) -> None:
    site = make_site({"posts/good.md": GOOD}, config=f"{CONFIG}output: {output}\n")
    before = tree(site.parent)
    outcome = run(site, "build", *NOW)
    assert outcome.status == 2
    assert f"the output folder '{output}' " in outcome.err
    assert "nothing was written or removed" in outcome.err
    assert tree(site.parent) == before


# ---------------------------------------------------------------- several files


def test_every_bad_post_is_told_in_one_run_and_in_order(make_site: MakeSite) -> None:
    many = {
        f"posts/2012-03-{day:02}-fine.md": f"---\ntitle: Day {day}\n---\n" for day in range(1, 29)
    }
    bad = {
        "posts/2012-03-17-b.md": post("taggs: [x]"),
        "posts/2012-01-01-c.md": body("a\0b"),
        "posts/2012-03-09-a.md": front("title: a: b"),
    }
    site = make_site(many | bad)
    with untouched(site / "public"):
        outcome = run(site, "build", *NOW)
    assert outcome.status == 1
    told = [line for line in outcome.err.splitlines() if not line.startswith("  ")]
    assert [line.split(":")[0] for line in told] == sorted(bad)


def test_every_mistake_of_one_post_is_told(make_site: MakeSite) -> None:
    text = front("date: 2012-02-30", "taggs: [x]", "lang: english", "slug: ../x")
    outcome = run(make_site({"posts/bad.md": text}), "build", *NOW)
    told = [line for line in outcome.err.splitlines() if not line.startswith("  ")]
    assert [line.split(":")[1] for line in told] == ["2", "2", "3", "4", "5"]


@pytest.mark.parametrize("bad", [post("date: never"), body("See [this](draft.md).")])
def test_whoever_names_a_post_with_a_mistake_makes_none(bad: str, make_site: MakeSite) -> None:
    naming = post("related: {pin: [bad.md]}", "translation_of: bad.md")
    site = make_site({"posts/draft.md": DRAFT, "posts/bad.md": bad, "posts/naming.md": naming})
    lines = run(site, "build", *NOW).err.splitlines()
    assert [line for line in lines if line.startswith("posts/")] == lines[:1]
    assert lines[0].startswith("posts/bad.md:")


def test_two_posts_at_one_address_are_both_named(make_site: MakeSite) -> None:
    site = make_site(
        {"posts/good.md": GOOD, "posts/other.md": GOOD.replace("---\n\n", "slug: Good\n---\n\n")}
    )
    with untouched(site / "public"):
        outcome = run(site, "build", *NOW)
    assert outcome.status == 1
    first, *_, hint = outcome.err.splitlines()
    assert "posts/good.md" in first
    assert "posts/other.md" in first
    assert "2012/03/20/" in first
    assert "slug" in hint


@pytest.mark.parametrize("status", ["published", "draft"])
def test_two_posts_of_one_id_are_both_named(status: str, make_site: MakeSite) -> None:
    first, second = post("id: tag:x,2012:1"), post("slug: second", "id: tag:x,2012:1")
    second = second.replace("slug:", f"status: {status}\nslug:")
    site = make_site({"posts/first.md": first, "posts/second.md": second})
    with untouched(site / "public"):
        outcome = run(site, "build", *NOW)
    assert outcome.status == 1
    assert outcome.err.splitlines()[0] == (
        "posts/second.md:6:5: 'id' says what already stands for posts/first.md: tag:x,2012:1"
    )


@pytest.mark.parametrize(
    "place", ["posts/out.md", "posts/out", "pages/out.md", "static/out.md", "static/out"]
)
def test_a_link_out_of_the_site_is_not_followed(
    place: str, make_site: MakeSite, tmp_path: Path
) -> None:
    about = "---\ntitle: About\n---\n"
    site = make_site({"posts/good.md": GOOD, "pages/about.md": about, "static/x.txt": "x"})
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text(post())
    (site / place).symlink_to(outside / "secret.md" if place.endswith(".md") else outside)
    with untouched(site / "public"):
        outcome = run(site, "build", *NOW)
    assert outcome.status == 1
    assert outcome.err.startswith(f"{place}: this link leads out of the site's folder\n")
    assert SECRET not in outcome.err


@pytest.mark.parametrize("place", ["posts/lost.md", "static/lost.pdf"])
def test_a_link_to_nowhere_is_told(place: str, make_site: MakeSite) -> None:
    site = make_site({"posts/good.md": GOOD, "static/x.txt": "x"})
    (site / place).symlink_to("gone")
    with untouched(site / "public"):
        outcome = run(site, "build", *NOW)
    assert outcome.status == 1
    assert outcome.err.startswith(f"{place}: this link leads nowhere\n")


def test_a_static_link_to_a_folder_is_told(make_site: MakeSite) -> None:
    site = make_site({"posts/good.md": GOOD, "static/a/x.txt": "x"})
    (site / "static" / "b").symlink_to("a")
    outcome = run(site, "build", *NOW)
    assert outcome.status == 1
    assert outcome.err.startswith("static/b: this link leads to a folder")


def test_a_link_within_the_site_is_followed(make_site: MakeSite) -> None:
    site = make_site({"posts/good.md": GOOD, "posts/chart.svg": "<svg/>", "static/x.txt": "x"})
    (site / "static" / "chart.svg").symlink_to("../posts/chart.svg")
    (site / "posts" / "2012-03-22-again.md").symlink_to("good.md")
    assert run(site, "build", *NOW).status == 0
    assert pages(site / "public")["chart.svg"] == "<svg/>"


def test_a_static_file_in_a_pages_place_is_named_as_its_author_knows_it(
    make_site: MakeSite,
) -> None:
    site = make_site({"posts/good.md": GOOD, "static/feed.xml": "x"})
    with untouched(site / "public"):
        outcome = run(site, "build", *NOW)
    assert outcome.status == 1
    assert "the site's feed and static/feed.xml both make the file feed.xml" in outcome.err


def test_a_picture_that_is_not_there_is_told(make_site: MakeSite) -> None:
    site = make_site({"posts/good.md": GOOD, "posts/bad.md": post("image: gone.png")})
    with untouched(site / "public"):
        outcome = run(site, "build", *NOW)
    assert outcome.status == 1
    assert outcome.err.startswith("posts/bad.md")
    assert "the image 'gone.png' is not there" in outcome.err
    assert "posts/gone.png" in outcome.err


# ---------------------------------------------------------------- templates


@pytest.mark.parametrize(
    ("template", "line", "word"),
    [
        ("<p>\n{% if %}\n", 2, ""),
        ("<p>\n\n{{ nothing.here }}\n", 3, "nothing"),
        ("{{ article.titel }}\n", 1, "titel"),
        ("<p>\n{{ article.title | shout }}\n", 2, "shout"),
        ("\n{{ 1 / 0 }}\n", 2, ""),
        ("\n{{ data('nowhere') }}\n", 2, "nowhere"),
        ("<p>\n{% include 'nowhere.html' %}\n", 2, "nowhere.html"),
    ],
)
def test_a_mistake_in_a_template_is_told_with_its_line(
    template: str, line: int, word: str, make_site: MakeSite
) -> None:
    site = make_site({"posts/good.md": GOOD, "templates/article.html": template})
    with untouched(site / "public"):
        outcome = run(site, "build", *NOW)
    assert outcome.status == 1
    first = outcome.err.splitlines()[0]
    assert first.startswith(f"templates/article.html:{line}")
    assert word in first


def test_a_template_that_is_not_there_is_told_with_the_post_that_wants_it(
    make_site: MakeSite,
) -> None:
    site = make_site({"posts/good.md": GOOD, "posts/bad.md": post("template: nowhere.html")})
    with untouched(site / "public"):
        outcome = run(site, "build", *NOW)
    assert outcome.status == 1
    assert outcome.err.startswith("posts/bad.md")
    assert "nowhere.html" in outcome.err


# ---------------------------------------------------------------- what is accepted


@pytest.mark.parametrize(
    "written",
    [
        b"\xef\xbb\xbf" + GOOD.encode(),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace("\n", "\r").encode(),
        GOOD.replace("---\n\n", "---   \n\n").encode(),
        GOOD.replace("A good", "A\fgood").encode(),
        GOOD.rstrip().encode(),
    ],
    ids=["BOM", "CRLF", "CR", "spaces after the fence", "form feed", "no newline at the end"],
)
def test_what_editors_do_to_a_file_changes_no_page(written: bytes, make_site: MakeSite) -> None:
    site = make_site({"posts/good.md": GOOD})
    assert run(site, "build", "--output", "plain", *NOW).status == 0
    make_site({"posts/good.md": written})
    outcome = run(site, "build", "--output", "edited", *NOW)
    assert outcome.err == ""
    assert tree(site / "edited") == tree(site / "plain")


def test_nothing_in_a_body_or_a_title_is_a_template(make_site: MakeSite) -> None:
    hostile = "{{ config.title }} {{ 7 * 7 }} {% for x in y %} {# hidden #}"
    text = f"---\ntitle: '{hostile}'\ndate: 2012-03-21\n---\n\nBody {hostile}\n"
    site = make_site({"posts/2012-03-21-bad.md": text})
    assert run(site, "build", *NOW).status == 0
    page = pages(site / "public")["2012/03/21/bad/index.html"]
    assert page.count("{{ 7 * 7 }}") >= 2
    assert page.count("{# hidden #}") >= 2
    assert ">49<" not in page


def test_a_comment_that_never_ends_hides_no_text(make_site: MakeSite) -> None:
    site = make_site({"posts/bad.md": body("before\n\n<!-- never closed\n"), "posts/good.md": GOOD})
    assert run(site, "build", *NOW).status == 0
    page = pages(site / "public")["2012/03/21/bad/index.html"]
    assert SECRET in page
    assert "<!-- never closed" not in page
    assert "more-from" in page
