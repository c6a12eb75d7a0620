"""Why the related articles of a page are what they are: for its author, and never published."""

import re

import pytest

from blogforge.build import build
from blogforge.options import Options
from blogforge.serve.why import message, panel
from tests.serve.conftest import Start
from tests.test_reasons import NEWS, rationale, row, term

PAGE = "/2012/03/01/coup/"
ASK = f"/_blogforge/related?page={PAGE}"
FILES: dict[str, str | bytes] = {**NEWS, "pages/about.md": "---\ntitle: About\n---\n\nUs.\n"}
QUIET = "---\ntitle: Quiet\nstatus: unlisted\n---\n\nThe junta of Bamako.\n"


def test_a_page_is_explained_in_the_words_of_its_posts(start: Start) -> None:
    answer = start(FILES).get(ASK)
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    first, _ = answer.body.split("</tr>")[1:3]
    assert 'href="/2012/03/05/sanctions/"' in first
    assert "posts/2012-03-05-sanctions.md" in first
    assert re.search(r"<p>0\.\d{3} × 0\.\d\d, 4 days later</p><p>1st by score</p>", first)
    assert '<span dir="auto" class=name>Bamako</span>' in first
    assert re.search(r"<td>0\.\d{3}</td>", first)
    assert "<script" not in answer.body


def test_only_pages_of_posts_can_be_asked(start: Start) -> None:
    served = start(FILES | {"posts/2012-03-09-quiet.md": QUIET})
    for path in (PAGE, "/2012/03/09/quiet/"):
        assert 'data-related="/_blogforge/related"' in served.get(path).body
        assert served.get(f"/_blogforge/related?page={path}").status == 200
    for path in ("/", "/about.html", "/about/", "/feed.xml", "/nowhere/", PAGE[:-1]):
        assert "data-related" not in served.get(path).body
        answer = served.get(f"/_blogforge/related?page={path}")
        assert answer.status == 404, path
        assert "no related articles" in answer.body


@pytest.mark.parametrize("query", ["", "?page=", "?page=x", "?page=/../x", "?page=/%2500"])
def test_what_is_no_path_is_refused(query: str, start: Start) -> None:
    assert start(FILES).get(f"/_blogforge/related{query}").status == 400


def test_nobody_else_may_ask(start: Start) -> None:
    served = start(FILES)
    for foreign in ({"Host": "evil.example"}, {"Origin": "https://evil.example"}):
        answer = served.get(ASK, headers=foreign)
        assert answer.status == 403
        assert "Sanctions" not in answer.body
    assert served.get(ASK, "POST").status == 405


def test_a_site_below_a_path_is_explained_there(start: Start) -> None:
    served = start(FILES, url="https://a.example/blog/")
    assert served.get(f"/_blogforge/related?page=/blog{PAGE}").status == 200
    assert served.get(ASK).status == 404


def test_an_answer_is_of_the_site_as_it_is_now(start: Start) -> None:
    served = start(FILES)
    coup = str(FILES["posts/2012-03-01-coup.md"])
    assert "posts/2012-03-05-sanctions.md" in served.get(ASK).body
    served.write(
        "posts/2012-03-01-coup.md",
        coup.replace("title:", "related: {exclude: [2012-03-05-sanctions.md]}\ntitle:"),
    )
    served.until(ASK, "excluded; would be 1st by score")
    served.write("posts/2012-03-01-coup.md", coup.replace("title:", "related: false\ntitle:"))
    served.until(ASK, "has no block")


def test_titles_change_at_once(start: Start) -> None:
    served = start(FILES)
    served.get(ASK)
    sanctions = str(FILES["posts/2012-03-05-sanctions.md"])
    served.write("posts/2012-03-05-sanctions.md", sanctions.replace(": Sanctions", ": Measures"))
    served.until(ASK, "Measures</a>")


def test_where_nothing_could_be_read_yet_nothing_is_explained(start: Start) -> None:
    served = start({"posts/2012-03-01-coup.md": "---\ntaggs: x\n---\n"})
    assert served.get(ASK).status == 404


def test_what_goes_wrong_is_said(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    served = start(FILES)
    gone: dict[str, str] = {}
    monkeypatch.setattr("blogforge.site.explanation.index_of", lambda *_: gone["<gone>"])
    answer = served.get(ASK)
    assert answer.status == 503
    assert "blogforge failed: KeyError(&#x27;&lt;gone&gt;&#x27;)" in answer.body
    monkeypatch.undo()
    assert served.get(ASK).status == 200


def test_the_published_tree_knows_nothing_of_it(start: Start) -> None:
    served = start(FILES)
    assert "Sanctions" in served.get(ASK).body
    build(served.root, Options(jobs=1))
    files = [path for path in (served.root / "public").rglob("*") if path.is_file()]
    assert len(files) > 20
    for file in files:
        assert b"_blogforge" not in file.read_bytes(), file


# ---------------------------------------------------------------- as HTML

EVIL = "\"><img src=x onerror='alert(1)'>"


def test_nothing_of_a_post_is_markup() -> None:
    evil = row(EVIL, 1, title=EVIL, url=EVIL, lang=EVIL, terms=(term(EVIL, 0.2), term("x", 0.1)))
    repeated = row("copy", reason="duplicate", like=EVIL, likeness=0.95)
    other = row("like", by_score=1, like=f"2{EVIL}", likeness=0.5)
    html = panel(rationale(evil, repeated, other))
    assert "<img" not in html
    assert html.count("&lt;img") == 6
    assert "<img" not in message(EVIL)


def test_the_table_parts_the_block_from_the_rest() -> None:
    html = panel(rationale(row("a", 1), row("b", 2), row("c")))
    block, rest = html.split("Also considered")
    assert [name in block for name in (">a<", ">b<", ">c<")] == [True, True, False]
    assert ">c<" in rest
    assert "Also considered" not in panel(rationale(row("a", 1)))
