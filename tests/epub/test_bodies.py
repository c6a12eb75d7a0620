"""Whatever HTML a body is, a book has all its words, in XHTML that any parser takes."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from blogforge.epub.markup import KEPT, tree_of
from blogforge.epub.nesting import nest
from blogforge.epub.references import Place, aim, name_ids, web_address

TAGS = sorted(KEPT | {"center", "details", "summary", "font", "footer", "main", "x-y", "picture"})
WORDS = st.sampled_from(["one", "two & three", "<", "مالي", "\u00a0", " "])


def pieces(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Elements, closed and not, around `inner`."""
    tag = st.sampled_from(TAGS)
    closed = st.builds(lambda t, i: f"<{t}>{i}</{t}>", tag, inner)
    return st.one_of(closed, st.builds(lambda t, i: f"<{t} id=a>{i}", tag, inner), inner)


BODIES = st.lists(st.recursive(WORDS, lambda i: pieces(st.lists(i).map("".join))), max_size=8)


def made(html: str) -> etree._Element:
    body = tree_of(html)
    nest(body)
    name_ids(body)
    return body


def letters(element: etree._Element) -> Counter[str]:
    """What is told, in whatever order."""
    return Counter("".join("".join(map(str, element.itertext())).split()))


@settings(max_examples=30)
@given(BODIES)
def test_no_word_is_lost_and_what_comes_out_is_xml(parts: list[str]) -> None:
    html = "".join(parts)
    body = made(html)
    again = etree.fromstring(etree.tostring(body))
    assert letters(again) == letters(tree_of(html))
    assert {str(element.tag) for element in again.iter()} <= KEPT | {"body"}
    ids = [element.get("id") for element in again.iter() if element.get("id")]
    assert len(ids) == len(set(ids))


@settings(max_examples=30)
@given(BODIES)
def test_what_is_in_order_stays_as_it_is(parts: list[str]) -> None:
    body = made("".join(parts))
    before = etree.tostring(body)
    nest(body)
    assert etree.tostring(body) == before


def test_blocks_in_words_make_blocks_of_them() -> None:
    assert inner("<span>a<div>b</div></span>") == "<div>a<div>b</div></div>"
    assert inner("<ul>a<li>b</ul>") == "<ul><li>a</li><li>b</li></ul>"
    assert inner("<dl><dt>a</dl>") == "<dl><dt>a</dt><dd/></dl>"
    assert inner("<th>a<td>b") == "ab"
    assert inner("<h2>a<table><tr><td>b</table></h2>").count("table") == 0


def test_deep_nesting_is_no_danger() -> None:
    body = made("<div>" * 400 + "deep" + "<b>" * 60)
    assert letters(body) == Counter("deep")


def test_formulas_and_drawings_stay_if_they_are_sound() -> None:
    assert "<mfrac><mi>a</mi><mi>b</mi></mfrac>" in inner(
        "<math onclick=x><mfrac><mi>a</mi><mi>b</mi></mfrac></math>"
    )
    assert inner("<p><math><mfrac><mi>a</mi></mfrac></math></p>") == "<p>a</p>"
    drawn = inner("<svg viewBox='0 0 9 9' onload=x><script>x</script><path d='M0 0' id=a /></svg>")
    assert 'viewBox="0 0 9 9"' in drawn
    assert "script" not in drawn
    assert "onload" not in drawn


def inner(html: str) -> str:
    text = etree.tostring(made(html), encoding="unicode")
    return text.partition(">")[2].rpartition("</body>")[0]


def test_a_link_leads_somewhere_or_is_none() -> None:
    places = {
        "https://a.example/one/": Place("one.xhtml", {"x": "x"}),
        "https://a.example/two/": Place("two.xhtml", {"1 y": "id-y"}),
    }
    leads = {
        "#x": "#x",
        "#nowhere": None,
        "https://a.example/one/": "https://a.example/one/",
        "https://a.example/two/": "two.xhtml",
        "https://a.example/two/#1%20y": "two.xhtml#id-y",
        "https://a.example/two/#z": "two.xhtml",
        "javascript:alert(1)": None,
    }
    for href, wanted in leads.items():
        body = tree_of(f'<a href="{href}">a</a>')
        aim(body, places, "https://a.example/one/")
        assert body[0].get("href") == wanted, href


def test_addresses_are_as_readers_of_books_take_them() -> None:
    assert web_address("https://a.example") == "https://a.example/"
    assert web_address("https://a.example/ü b?q=<z>&%zz#f g") == (
        "https://a.example/%C3%BC%20b?q=%3Cz%3E&%25zz#f%20g"
    )
    assert web_address("https://bücher.example/") == "https://xn--bcher-kva.example/"
    for nothing in ("http://[", "data:text/html,x", "ftp://f/", "https://", "mailto:x", "tel:x y"):
        assert web_address(nothing) == ""


def test_ids_are_names_and_each_is_one_place() -> None:
    body = tree_of("<p id='a b'>1<p id='id-a20b'>2<p id='a b'>3<p id=é>4")
    assert name_ids(body) == {"a b": "id-a20b", "id-a20b": "id-a20b_", "é": "id-c3a9"}
    assert [element.get("id") for element in body] == ["id-a20b", "id-a20b_", None, "id-c3a9"]


def test_attributes_say_what_they_may() -> None:
    assert inner('<p lang="klingon!" dir=up onclick=x style=y role=z>a</p>') == "<p>a</p>"
    assert inner('<p lang=de dir=rtl title="a">a</p>').startswith(
        '<p title="a" dir="rtl" lang="de"'
    )
    assert inner("<table><tr><td colspan=0 rowspan=2>a</table>").count('span="') == 1
