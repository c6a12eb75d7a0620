"""HTML as Markdown: what readers get of it is the same, by either engine."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blogforge.content.engines import Engine, to_html
from blogforge.content.tags import show_strays
from blogforge.importers.convert import to_markdown
from blogforge.importers.signature import signature
from blogforge.importers.tidying import tidied

ENGINES: tuple[Engine, ...] = ("markdown", "commonmark")

CASES = (
    ("<p>Hello <b>bold</b>text and <i>it</i>.</p>", "Hello <strong>bold</strong>text and *it*."),
    (
        "<p>1. no list</p><p># no<br>- no<br>2) no</p>",
        "1\\. no list\n\n\\# no  \n\\- no  \n2\\) no",
    ),
    ("<h2>A *star* #</h2>", "## A \\*star\\* \\#"),
    ("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", "- a\n- b\n    - c"),
    ("<ol start=3><li><p>x</p></li><li><p>y</p><p>z</p></li></ol>", "3. x\n\n4. y\n\n    z"),
    ("<ul><li>a<br>\nb</li><li></li></ul>", "- a  \n    b"),
    ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n<!-- -->\n\n- b"),
    (
        "<ul><li>a<video src=/x.mp4></video></li></ul>",
        '- a\n\n    <video src="/x.mp4"></video>',
    ),
    (
        "<blockquote><p>Words</p><cite>Reuters</cite></blockquote>",
        "> Words\n>\n> — Reuters",
    ),
    ("<blockquote><p>A.<br>\nB.<br><cite>C</cite></p></blockquote>", "> A.  \n> B.\n>\n> — C"),
    (
        '<aside class="pull-quote"><p>A <b>b</b>.</p><cite>C</cite></aside>',
        "> [!QUOTE] A **b**.\n>\n> — C",
    ),
    (
        '<aside class="fact-box"><p class="fact-box-title">T</p><ul><li>a</li></ul></aside>',
        "> [!FACTS] T\n>\n> - a",
    ),
    (
        "<figure><img src=a.png><figcaption>At <em>noon</em>.<br><small>A. B</small></figcaption>",
        '![](a.png "At noon. | A. B")',
    ),
    (
        "<figure><blockquote><p>Words</p></blockquote><figcaption>BBC</figcaption></figure>",
        "> Words\n>\n> — BBC",
    ),
    (
        "<figure><img src='a b.jpg' alt='x' width=300 class=alignleft>"
        "<figcaption>The port (Photo: Jane Doe)</figcaption></figure>",
        '![x](a%20b.jpg "The port | Jane Doe")',
    ),
    ("<p><a href=b.jpg><img src=c.jpg></a></p>", "[![](c.jpg)](b.jpg)"),
    (
        "<table><tr><th>a</th><th align=right>b|c</th></tr><tr><td>1</td><td>2</td></tr></table>",
        "| a | b\\|c |\n| --- | ---: |\n| 1 | 2 |",
    ),
    (
        "<div class='highlight'><pre class=lang-python>def f():\n\n    return '`'\n</pre></div>",
        "```python\ndef f():\n\n    return '`'\n```",
    ),
    ("<pre><code class='language-md'>```\nx\n```</code></pre>", "````md\n```\nx\n```\n````"),
    ("<p>x<sup>2</sup> <code>a*b</code> <code>`</code></p>", "x<sup>2</sup> `a*b` `` ` ``"),
    ("<p>&lt;b&gt; &amp;amp; ~~x~~</p>", "&lt;b> &amp;amp; &#126;&#126;x&#126;&#126;"),
    ("one<br><br>two<div>three</div>four", "one\n\ntwo\n\nthree\n\nfour"),
    ("<p>a&nbsp; b&nbsp;</p><p>&nbsp;</p>", "a b"),
    (
        "<p>a!<a href='/x?a=1&copy=2' title='q\"t'>k</a></p>",
        'a\\![k](/x?a=1&amp;copy=2 "q&quot;t")',
    ),
    ("<p><a href='a (1).pdf'>it</a></p>", "[it](a%20%281%29.pdf)"),
    ("<p><em>all</em><strong>.x.</strong></p>", "*all*<strong>.x.</strong>"),
    ("<p>term</p><p>: def</p><p>===</p>", "term\n\n&#58; def\n\n&#61;=="),
    ("<p><span style='x'>a</span> <font>b</font></p>", "a b"),
    ("<p><img src=a.gif width=1 height=1>x</p>", "x"),
    (
        "<b style='font-weight:normal'>a <span style='font-weight: 700'>b</span>"
        " <span style='font-size:9pt;font-style:italic'>c</span></b>",
        "a **b** *c*",
    ),
    ("<p>x<span style='vertical-align:super'>2</span></p>", "x<sup>2</sup>"),
    ("<h3><strong>Bold</strong></h3><h3>a <b>b</b></h3>", "### Bold\n\n### a **b**"),
    ("<h2><span style='font-weight:bold'>Bold</span></h2>", "## Bold"),
    ("<p><a href='#n'>1</a></p><p id=n>Note</p>", '[1](#n)\n\n<a id="n"></a>Note'),
    ("<p>wo&shy;rd\u200b</p>", "word"),
    ("<p>a_b _c_ __d__ {: .e }</p>", "a_b \\_c\\_ \\_\\_d\\_\\_ \\{: .e }"),
    ("<iframe src='https://v.example/'></iframe>", '<iframe src="https://v.example/"></iframe>'),
    ("<table><tr><td>1</td></tr></table>", "<table><tbody><tr><td>1</td></tr></tbody></table>"),
    ("<p>a</p>\n\n\n<!-- x --><p></p>", "a"),
    ("<p>1</p><p><b>&amp;#</b></p>", "1\n\n<strong>&amp;#</strong>"),
    ("", ""),
)


@pytest.mark.parametrize(("html", "markdown"), CASES)
def test_html_becomes_markdown(html: str, markdown: str) -> None:
    assert to_markdown(html).markdown == markdown


_NOTE = '<div class="footnotes"><hr><ol><li id="n1"><p>A <em>note</em>.</p><p>More.{}</p></li></ol>'
_SIGN = '<sup><a href="#n1">1</a></sup>'
_BELOW = "[^1]: A *note*.\n\n    More."


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        (f"<p>a{_SIGN} b</p>{_NOTE.format('')}", f"a[^1] b\n\n{_BELOW}"),
        (
            f"<p>a{_SIGN} b{_SIGN}</p>{_NOTE.format(' <a href=#r class=reversefootnote>↩</a>')}",
            f"a[^1] b[^1]\n\n{_BELOW}",
        ),
        (f"<ul><li>a{_SIGN}</li></ul>{_NOTE.format('')}", f"- a[^1]\n\n{_BELOW}"),
    ],
)
def test_footnotes(html: str, markdown: str) -> None:
    assert to_markdown(html).markdown == markdown
    for engine in ENGINES:
        made = to_html(markdown, engine)
        assert "[^" not in made
        assert "footnote" in made


@pytest.mark.parametrize(
    "html",
    [
        f"<p>a</p>{_NOTE.format('')}",  # no sign
        f"<details>a{_SIGN}</details>{_NOTE.format('')}",  # the sign stays in HTML
        f"<p>a{_SIGN}</p>{_NOTE.format('')}".replace("</ol>", "<li>without a name</li></ol>"),
    ],
)
def test_footnotes_that_markdown_cannot_have_stay_lists(html: str) -> None:
    text = to_markdown(html).markdown
    assert "[^" not in text
    assert "A *note*." in text


def test_what_advertises_or_counts_readers_is_taken_out() -> None:
    html = (
        '<p>a doubleclick.net b</p><script src="//pagead2.googlesyndication.com/x"></script>'
        '<ins class="adsbygoogle"></ins><script>(adsbygoogle = []).push({})</script>'
        '<noscript><img src="https://www.facebook.com/tr?id=1"></noscript>'
        '<script src="/map.js"></script><p><img src="https://stats.wp.com/b.gif?x=1"></p>'
    )
    found = to_markdown(html)
    assert found.markdown == 'a doubleclick.net b\n\n<script src="/map.js"></script>'
    assert "taken out (5)" in found.notes[0].what
    assert not to_markdown("<p>doubleclick.net</p>").notes


def test_what_stays_html_is_noted_at_its_line() -> None:
    html = "<p>x</p><dl><dt>T</dt></dl><p>y</p><figure><img src=a><figcaption><a href=b>c</a>"
    found = to_markdown(html)
    assert [(note.line, note.what) for note in found.notes] == [
        (3, "<dl> stays HTML"),
        (7, "<figure> stays HTML"),
    ]
    assert found.markdown.split("\n")[2].startswith("<dl>")


@pytest.mark.parametrize("opening", ["<div>" * 100_000, "<blockquote>" * 300, "<b><i>" * 200])
def test_nesting_beyond_reason_becomes_words(opening: str) -> None:
    found = to_markdown(f"{opening}deep * down")
    assert found.markdown == "deep \\* down"
    assert "too deeply" in found.notes[0].what


# ---------------------------------------------------------------- the law

_WORDS = st.text(alphabet="ab*_`~[]()<>&#!|\\.:-+=1{}\"'é ", min_size=1, max_size=12)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def _tag(names: str, inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda name, text: f"<{name}>{text}</{name}>", st.sampled_from(names.split()), inner
    )


_TEXT = _WORDS.map(_escaped)
_INLINE = st.recursive(
    _TEXT,
    lambda inner: st.one_of(
        st.builds("".join, st.lists(inner, max_size=3)),
        _tag("b em strong i code sup del kbd mark span", inner),
        st.builds(lambda text, to: f'<a href="/{to}">{text}</a>', _TEXT, _TEXT),
        st.builds(lambda alt, to: f'<img src="{to}x" alt="{alt}" title="{alt}">', _TEXT, _TEXT),
        st.builds(lambda a, b: f"{a}<br>{b}", inner, inner),
    ),
    max_leaves=5,
)
_BLOCK = st.recursive(
    st.one_of(_tag("p h2 h3 div pre", _INLINE), _INLINE),
    lambda inner: st.one_of(
        _tag("blockquote div section", inner),
        st.builds(
            lambda name, items: (
                f"<{name}>" + "".join(f"<li>{item}</li>" for item in items) + f"</{name}>"
            ),
            st.sampled_from(["ul", "ol"]),
            st.lists(inner, min_size=1, max_size=3),
        ),
        st.builds(
            lambda a, b: f"<table><tr><th>{a}</th></tr><tr><td>{b}</td></tr></table>",
            _INLINE,
            _INLINE,
        ),
        st.builds(lambda a, b: f"<figure>{a}<figcaption>{b}</figcaption></figure>", inner, _TEXT),
    ),
    max_leaves=4,
)


@settings(max_examples=100, deadline=None)
@given(st.lists(_BLOCK, min_size=1, max_size=3).map("".join))
def test_no_word_is_lost(html: str) -> None:
    root = tidied(html).body
    expected = signature(root.decode_contents() if root else "")
    words = [word for word in signature(html).words if word != "¶"]
    text = to_markdown(html).markdown
    for engine in ENGINES:
        found = signature(show_strays(to_html(text, engine)))
        assert found == expected
        said = "".join(word for word in found.words if word != "¶")
        for word in words:
            assert word in said or word in " ".join(found.elements), word
