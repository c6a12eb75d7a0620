"""`blogforge digest`: an e-mail of what was published, and of nothing else."""

import email
import json
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from blogforge.content.dom import names
from blogforge.newsletter.letter import MOST_BYTES
from blogforge.newsletter.report import NOTHING
from blogforge.urls import slugify
from tests import commands
from tests.conftest import MakeSite
from tests.hostile import hostile, quoted
from tests.pictures import picture

NOW = "2012-03-21T18:00"
CONFIG = """\
title: The Desk
url: https://desk.example/news/
timezone: Europe/Paris
sections: [{name: World}, {name: Economy}]
digest:
  sender: The Desk <desk@desk.example>
  to: readers@lists.desk.example
  unsubscribe: https://lists.desk.example/leave
  footer: You asked for it. 1 Main Street.
"""


def post(title: str, date: str = "2012-03-20", *lines: str, body: str = "Some words.") -> str:
    return "\n".join(["---", f"title: {title}", f"date: {date}", *lines, "---", body])


class Desk:
    """A site, and its letters."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def add(self, title: str, date: str = "2012-03-20", *lines: str, body: str = "Words.") -> None:
        path = self.root / f"posts/{slugify(title)}.md"
        path.write_text(post(title, date, *lines, body=body))

    def run(self, *arguments: str, since: str = "7d", **options: Any) -> commands.Outcome:
        asked = ("--since", since, "--now", NOW, *arguments)
        return commands.run(self.root, "digest", *asked, **options)

    def told(self, *arguments: str, since: str = "7d") -> Any:
        outcome = self.run("--json", *arguments, since=since)
        assert (outcome.status, outcome.err) == (0, ""), outcome
        return json.loads(outcome.out)

    def letter(self, *arguments: str, since: str = "7d") -> tuple[str, str]:
        """HTML and text."""
        files = self.told(*arguments, since=since)["files"]
        return (self.root / files["html"]).read_text(), (self.root / files["txt"]).read_text()

    def message(self, *arguments: str) -> EmailMessage:
        data = (self.root / self.told(*arguments)["files"]["eml"]).read_bytes()
        found = email.message_from_bytes(data, policy=default)
        assert isinstance(found, EmailMessage)
        assert not found.defects
        return found


@pytest.fixture
def desk(make_site: MakeSite) -> Desk:
    root = make_site({"authors.yaml": "ana: {name: Ana Ruiz}\nben: {name: Ben Okri}\n"}, CONFIG)
    (root / "posts").mkdir()
    return Desk(root)


def titles(html: str) -> list[str]:
    return [node.text() for node in LexborHTMLParser(html).css("h2 a, h3 a")]


# ---------------------------------------------------------------- what is told


def test_it_tells_what_was_published_in_the_span_and_nothing_else(desk: Desk) -> None:
    desk.add("Too old", "2012-03-14 17:59")
    desk.add("The first", "2012-03-14 18:00", "section: World")
    desk.add("The last", "2012-03-21 17:59", "section: World")
    desk.add("At this moment", "2012-03-21 18:00")
    desk.add("Under embargo till now", "2012-03-01", "embargo: 2012-03-19")
    desk.add("No section")
    html, text = desk.letter()
    expected = ["The last", "World", "The first", "More"]
    assert titles(html)[:3] == expected[:3]
    told = {"The last", "The first", "Under embargo till now", "No section"}
    assert set(titles(html)) - {"World"} == told
    assert all(title in text for title in told)
    assert "Too old" not in html + text
    assert "At this moment" not in html + text


def test_two_spans_that_meet_tell_each_article_once(desk: Desk) -> None:
    for hour in range(24):
        desk.add(f"Hour {hour}", f"2012-03-20 {hour:02}:00")
    spans = (("2012-03-20", "2012-03-20 11:00"), ("2012-03-20 11:00", "2012-03-21"))
    told = [desk.told("--until", until, since=since)["articles"] for since, until in spans]
    assert list(map(len, told)) == [11, 13]
    assert len({*told[0], *told[1]}) == 24


def test_where_nothing_happened_it_says_so_and_writes_nothing(desk: Desk) -> None:
    desk.add("Too old", "2012-01-01")
    assert desk.run() == commands.Outcome(0, f"{NOTHING}\n", "")
    assert desk.told() == {"count": 0, "files": {}}
    assert not (desk.root / "digest").exists()


@pytest.mark.parametrize(
    "lines",
    [
        ("status: draft",),
        ("status: unlisted",),
        ("status: withdrawn",),
        ("embargo: 2012-04-01",),
        ("expires: 2012-03-21",),
    ],
)
def test_nothing_that_is_not_published_is_in_it(desk: Desk, lines: tuple[str, ...]) -> None:
    desk.add("Published", "2012-03-20", "story: Canarystory")
    fields = ("dek: canarydek", "kicker: canarykicker", "section: Canarysection")
    mended = ("corrections:", "  - date: 2012-03-20", "    text: canarycorrection")
    more = ("authors: [canaryauthor]", "tags: [canarytag]", "story: Canarystory")
    desk.add("Canarytitle", "2012-03-20", *fields, *more, *mended, *lines, body="canarybody")
    found = desk.told()
    assert found["count"] == 1
    for path in found["files"].values():
        assert "anary" not in (desk.root / path).read_text().replace("Canarystory", "")
    assert found["stories"] == []


def test_corrections_and_stories_of_the_span(desk: Desk) -> None:
    desk.add("Before", "2012-01-02", "story: The dam")
    desk.add("The dam again", "2012-03-20", "story: The dam")
    desk.add("All new", "2012-03-20", "story: A new story")
    old = ("corrections:", "  - {date: 2012-03-19, text: It was Tuesday.}")
    desk.add("Mended", "2012-01-03", *old, "  - {date: 2012-01-04, text: Long ago.}")
    html, text = desk.letter()
    for form in (html, text):
        assert "It was Tuesday." in form
        assert "https://desk.example/news/2012/01/03/mended/#correction_20120319" in form
        assert "Long ago" not in form
        assert form.count("A new story") == 0
        assert "1 new article" in form
        assert "2 in all" in form


def test_a_span_with_only_corrections_is_told(desk: Desk) -> None:
    desk.add("Mended", "2012-01-03", "corrections: [{date: 2012-03-19, text: It was Tuesday.}]")
    found = desk.told()
    assert (found["count"], found["corrections"], found["subject"]) == (0, 1, "The Desk")
    assert set(found["files"]) == {"eml", "html", "txt"}


def test_one_article_is_told_in_one_language(desk: Desk) -> None:
    desk.add("A dam", "2012-03-18", "slug: dam")
    desk.add("Un barrage", "2012-03-20", "lang: fr", "translation_of: dam")
    desk.add("Nur deutsch", "2012-03-19", "lang: de")
    assert set(titles(desk.letter()[0])) == {"A dam", "Nur deutsch"}
    html, _ = desk.letter("--lang", "FR")
    assert titles(html) == ["Un barrage"]
    assert '<html lang="fr" dir="ltr"' in html
    assert "Se désabonner" in html


def test_a_site_in_two_languages_has_a_letter_in_each(desk: Desk) -> None:
    config = desk.root / "blogforge.yaml"
    french = "  fr: {title: Le Bureau, digest: {intro: Bonjour., footer: 1 rue Haute.}}\n"
    config.write_text(f"{CONFIG}languages:\n{french}")
    desk.add("A dam", "2012-03-18", "slug: dam")
    desk.add("Un barrage", "2012-03-20", "lang: fr", "slug: barrage")
    assert titles(desk.letter()[0]) == ["A dam"]
    html, text = desk.letter("--lang", "fr")
    assert titles(html) == ["Un barrage"]
    assert desk.message("--lang", "fr")["Subject"] == "Le Bureau: Un barrage"
    for words in ("Bonjour.", "1 rue Haute.", "https://desk.example/news/fr/"):
        assert words in html
        assert words in text
    assert "1 Main Street" not in html


def test_it_can_be_narrowed_and_led(desk: Desk) -> None:
    desk.add("One", "2012-03-20", "section: World", "authors: [ana]", "story: Dam")
    desk.add("Two", "2012-03-19", "section: Economy", "authors: [ben]")
    desk.add("Three", "2012-03-18", "section: World", "authors: [ben]")
    assert titles(desk.letter("--section", "world")[0]) == ["One", "World", "Three"]
    assert titles(desk.letter("--author", "Ben Okri")[0]) == ["Two", "World", "Three"]
    assert titles(desk.letter("--story", "dam")[0]) == ["One"]
    assert titles(desk.letter("--lead", "three")[0])[0] == "Three"
    html, text = desk.letter("--limit", "1")
    assert titles(html) == ["One"]
    assert "2 more articles on the site" in html
    assert "2 more articles on the site" in text


# ---------------------------------------------------------------- as mail programs want it


def test_it_is_a_message_that_any_mailer_takes(desk: Desk) -> None:
    desk.add("Libya’s guns — مالي", "2012-03-20", "dek: À la frontière, 在边境")
    message = desk.message()
    assert message["From"] == "The Desk <desk@desk.example>"
    assert message["To"] == "readers@lists.desk.example"
    assert message["Subject"] == "The Desk: Libya’s guns — مالي"
    assert message["Date"].datetime.isoformat() == "2012-03-21T18:00:00+01:00"
    assert message["List-Unsubscribe"] == "<https://lists.desk.example/leave>"
    assert message["Content-Language"] == "en"
    assert message["Message-ID"].endswith("@desk.example>")
    assert message.get_content_type() == "multipart/alternative"
    kinds = [part.get_content_type() for part in message.iter_parts()]
    assert kinds == ["text/plain", "text/html"]  # the last one is the best: RFC 2046, 5.1.4
    html, text = desk.letter()
    for part, wanted in zip(message.iter_parts(), (text, html), strict=True):
        assert isinstance(part, EmailMessage)
        assert part.get_content() == wanted.rstrip("\n") + "\n"


def test_lines_are_as_short_as_mail_asks_for(desk: Desk) -> None:
    desk.add("x" * 2000, "2012-03-20", f"dek: {'é' * 3000}")
    data = (desk.root / desk.told()["files"]["eml"]).read_bytes()
    assert max(map(len, data.split(b"\n"))) < 998  # RFC 5322, section 2.1.1
    assert data.isascii()


def test_no_title_can_write_a_header(desk: Desk) -> None:
    desk.add('"Guns\\r\\nBcc: spy@evil.example\\n\\n<script>alert(1)</script>"')
    message = desk.message()
    assert message["Bcc"] is None
    assert message["Subject"].startswith("The Desk: Guns Bcc: spy@evil.example <script>")
    assert not LexborHTMLParser(desk.letter()[0]).css("script")


def test_the_same_site_and_moment_make_the_same_bytes(desk: Desk) -> None:
    desk.add("One", "2012-03-20", "section: World")
    desk.add("Two", "2012-03-19", "section: Economy")
    first = (desk.told(), commands.tree(desk.root / "digest"))
    elsewhere = {"TZ": "Asia/Kathmandu", "LANG": "tr_TR.UTF-8"}
    assert desk.run("--json", environment=elsewhere).status == 0
    assert (desk.told(), commands.tree(desk.root / "digest")) == first


def test_nothing_is_fetched_and_every_address_is_whole(desk: Desk) -> None:
    desk.add("One", "2012-03-20", "section: World", "story: Dam", "authors: [ana]", "dek: Dek.")
    desk.add("Old", "2012-01-20", "story: Dam")
    html, text = desk.letter()
    tree = LexborHTMLParser(html)
    assert not tree.css("script, link, iframe, form, video, object")
    addresses = [node.attributes["href"] or "" for node in tree.css("a")]
    assert addresses
    assert all(address.startswith("https://") for address in addresses), addresses
    (style,) = tree.css("style")
    assert style.text().strip().startswith("@media")  # the rest stands at the elements
    assert "url(" not in html
    assert "class=" in html  # by which the rules of @media find them
    body = tree.css_first("h2 a")
    assert body is not None
    assert "color:" in (body.attributes["style"] or "").replace(" ", "")
    assert "https://desk.example/news/2012/03/20/one/" in text


def test_pictures_are_in_formats_that_mail_programs_show(desk: Desk) -> None:
    for name, form in (("boat.webp", "WEBP"), ("wide.jpg", "JPEG")):
        (desk.root / "posts" / name).write_bytes(picture(1500, 900, form))
    (desk.root / "posts/drawing.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    for image, end in (("wide.jpg", ".jpg"), ("boat.webp", ".jpg"), ("drawing.svg", None)):
        (desk.root / "posts/lead.md").write_text(
            post("Lead", "2012-03-21", f"image: {{src: {image}, alt: A boat, credit: Ana}}")
        )
        images = LexborHTMLParser(desk.letter()[0]).css("img")
        assert len(images) == (end is not None)
        for shown in images:
            source = shown.attributes["src"] or ""
            assert source.startswith("https://desk.example/news/")
            assert source.endswith(end or "")
            assert (shown.attributes["alt"], shown.attributes["width"]) == ("A boat", "552")


def test_gmail_shows_all_of_it(desk: Desk) -> None:
    for number in range(120):
        desk.add(f"Number {number}", "2012-03-20", f"dek: {'A long dek, of many words. ' * 20}")
    found = desk.told("--limit", "200")
    assert 40 < found["count"] < 120
    assert found["count"] + found["more"] == 120
    assert (desk.root / found["files"]["html"]).stat().st_size < MOST_BYTES
    assert f"{found['more']} more articles on the site" in desk.letter("--limit", "200")[0]


# ---------------------------------------------------------------- what editors say, and get wrong


def test_an_editor_writes_subject_and_intro(desk: Desk) -> None:
    desk.add("One")
    config = desk.root / "blogforge.yaml"
    config.write_text(config.read_text() + "  subject: '{lead} ({until})'\n  intro: Good day.\n")
    assert desk.told()["subject"].startswith("One (")
    assert "Good day." in desk.letter()[1]
    html, text = desk.letter("--intro", "This week: <guns>.", "--subject", "The week & {title}")
    assert desk.told("--subject", "A {week}")["subject"] == "A {week}"
    assert "This week: &lt;guns&gt;." in html
    assert "This week: <guns>." in text


def test_a_site_brings_its_own_template(desk: Desk) -> None:
    desk.add("One")
    (desk.root / "templates").mkdir(exist_ok=True)
    template = desk.root / "templates/digest.txt"
    template.write_text("{{ digest.lead.card.title }}!")
    assert desk.letter()[1] == "One!\n"
    template.write_text("line\n{{ digest.nonsense }}")
    outcome = desk.run()
    assert outcome.status == 1
    assert outcome.err.startswith("templates/digest.txt:2: ")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--section", "Wrold"), "there is no section 'Wrold'\n  hint: did you mean 'World'?"),
        (("--lead", "nobody"), "'nobody' names no published post"),
        (("--lead", "old"), "old.md is not among the articles that are told of"),
        (("--lang", "it"), "the site has nothing in 'it'\n  hint: those that there are: 'en'"),
        (("--until", "2012-01-01", "--since", "2012-02-01"), "there is no time from"),
        (("--since", "soon"), "--since is not a date: 'soon'"),
        (("--since", "soon"), ", or 7d, 24h, 2w\n"),
        (("--out", "posts/letters"), "is among the site's own sources"),
        (("--out", "public"), "is among the published tree"),
    ],
)
def test_what_is_wrong_on_the_command_line_is_said(
    desk: Desk, arguments: tuple[str, ...], says: str
) -> None:
    desk.add("One", "2012-03-20", "section: World")
    (desk.root / "posts/old.md").write_text(post("Old", "2011-01-01"))
    outcome = commands.run(desk.root, "digest", "--now", NOW, *arguments)
    assert outcome.status == 2
    assert says in outcome.err
    assert not (desk.root / "digest").exists()


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ("subject: '{tilte}'", "'digest.subject' has an unknown field '{tilte}'"),
        ("subject: '{title'", "'digest.subject' has a brace that does not match another"),
        ("sender: The Desk", "'digest.sender' is no e-mail address: 'The Desk'"),
        ('to: "a@b.example\\nBcc: c@d.example"', "'digest.to' has a line break"),
        ("unsubscribe: 'javascript:alert(1)'", "'digest.unsubscribe' is no address"),
    ],
)
def test_what_is_wrong_in_the_settings_is_said(
    make_site: MakeSite, setting: str, says: str
) -> None:
    config = f"title: The Desk\nurl: https://desk.example/\ndigest:\n  {setting}\n"
    outcome = commands.run(make_site({}, config), "digest")
    assert outcome.status == 2
    assert "blogforge.yaml:4:" in outcome.err
    assert says in outcome.err


def test_words_of_mailing_services_stay_as_they_are(desk: Desk) -> None:
    desk.add("One")
    config = desk.root / "blogforge.yaml"
    for words in ("{{ UnsubscribeURL }}", "*|UNSUB|*"):
        text = CONFIG.replace("https://lists.desk.example/leave", f"'{words}'")
        config.write_text(text + f"  online: '{words}'\n")
        html, text = desk.letter()
        assert html.count(f'href="{words}"') == 2
        assert text.count(words) == 2
        assert desk.message()["List-Unsubscribe"] is None


def test_hostile_texts_stay_text(desk: Desk) -> None:
    config = desk.root / "blogforge.yaml"
    config.write_text(f"{CONFIG}markdown: {{typography: false}}\n")
    texts = list(hostile())[::9]
    for number, text in enumerate(texts):
        title = quoted(f"{number} {text}")
        desk.add(str(number), "2012-03-20", f"dek: {title}", f"kicker: {title}")
        path = desk.root / f"posts/{number}.md"
        path.write_text(path.read_text().replace(f"title: {number}\n", f"title: {title}\n", 1))
    html, _ = desk.letter("--limit", "200")
    tree = LexborHTMLParser(html)
    expected = {" ".join(f"{number} {text}".split()) for number, text in enumerate(texts)}
    told = {" ".join(title.split()) for title in titles(html)} - {"More"}
    assert told <= expected
    assert len(told) > 30
    made = {node.tag for node in tree.css("body *")}
    assert made <= names("div table tbody tr td h1 h2 h3 p a span")


def test_it_needs_no_tree_and_leaves_none(desk: Desk) -> None:
    desk.add("One")
    desk.told()
    assert {path.name for path in desk.root.iterdir()} <= {
        *("blogforge.yaml", "authors.yaml", "posts", "digest")
    }
