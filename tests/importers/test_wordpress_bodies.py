"""The bodies of WordPress: paragraphs of the classic editor, shortcodes, blocks."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogforge.importers.wordpress.blocks import without_comments
from blogforge.importers.wordpress.body import html_of
from blogforge.importers.wordpress.library import Attachment, Library
from blogforge.importers.wordpress.paragraphs import paragraphs
from blogforge.importers.wordpress.plugins import Shortcodes
from blogforge.importers.wordpress.shortcodes import Shortcode, replaced

PARAGRAPHS = {
    "a\nb\n\nc": "<p>a<br>\nb</p>\n<p>c</p>",
    "a <em>b\n\nc</em> d": "<p>a <em>b</em></p>\n<p><em>c</em> d</p>",
    "<h2>T</h2>\ntext": "<h2>T</h2><p>text</p>",
    "<ul>\n<li>a</li>\n<li>b\n\nc</li>\n</ul>": "<ul><li>a</li><li><p>b</p>\n<p>c</p>\n</li></ul>",
    "<blockquote>q\n\nr</blockquote>t": "<blockquote><p>q</p>\n<p>r</p>\n</blockquote><p>t</p>",
    "<pre>a\n\nb</pre>\nx": "<pre>a\n\nb</pre><p>x</p>",
    "x <code>a</code>\n<code>\nb\n\nc</code>": (
        "<p>x <code>a</code></p>\n<pre><code>\nb\n\nc</code></pre>"
    ),
    "<div>\nx\n</div>": "<div><p>x</p>\n</div>",
    "<table><tr><td>a\nb</td></tr></table>": "<table><tr><td>a<br>\nb</td></tr></table>",
    "a\n<!--more-->\nb": "<p>a</p>\n<p>b</p>",
    "a<!--nextpage-->b": "<p>a</p>\n<p>b</p>",
    "a<br />\n<br>b": "<p>a</p>\n<p>b</p>",
    "<p>a</p>\n\n<p>b</p>": "<p>a</p><p>b</p>",
    "</div>x</i>": "<p>x</p>",
    '<img\nsrc="a" alt="5 > 3">': '<p><img src="a" alt="5 > 3"></p>',
    "5 < 6 & 7\r\n\r\n<3": "<p>5 < 6 & 7</p>\n<p><3</p>",
    "": "",
}


@pytest.mark.parametrize("text", PARAGRAPHS)
def test_paragraphs(text: str) -> None:
    assert paragraphs(text) == PARAGRAPHS[text]


def _words(html: str) -> list[str]:
    return re.sub(r"<[^<>]*>", " ", html).split()


@given(
    st.lists(
        st.sampled_from(
            ["one", "two ", "\n", "\n\n", " ", "<b>", "</b>", "<p>", "</p>", "<ul><li>", "<br>",
             "</li></ul>", "<div>", "</div>", "<blockquote>", "</blockquote>", "<pre>", "</pre>"]
        ),
        max_size=25,
    )
)  # fmt: skip
def test_paragraphs_lose_no_word(parts: list[str]) -> None:
    text = "".join(parts)
    assert "".join(_words(paragraphs(text))) == "".join(_words(text))


SHORTCODES = {
    'x [a b="c d" e=f g] y': [("a", {"b": "c d", "e": "f"}, ("g",), None)],
    "[a]in[/a]": [("a", {}, (), "in")],
    "[a /]out[/a]": [("a", {}, (), None)],
    "[a] [a]in[/a]": [("a", {}, (), None), ("a", {}, (), "in")],
    "[youtube=https://v.example/?v=1&amp;w=2]": [
        ("youtube", {}, ("https://v.example/?v=1&w=2",), None)
    ],
    "[a b=“c” d=’e’]": [("a", {"b": "c", "d": "e"}, (), None)],
    "[[a]] [1] [ a]": [],
}


@pytest.mark.parametrize("text", SHORTCODES)
def test_shortcodes_are_read(text: str) -> None:
    seen: list[Shortcode] = []

    def note(code: Shortcode) -> str:
        seen.append(code)
        return "!"

    replaced(text, note)
    assert [(c.name, c.attributes, c.values, c.content) for c in seen] == SHORTCODES[text]


LIBRARY = Library(
    [
        Attachment(id="1", address="https://d.example/a.png", parent="9", order=2, alt="A"),
        Attachment(id="2", address="https://d.example/b.png", parent="9", order=1, caption="B"),
        Attachment(id="3", address="https://d.example/c.mp3", parent="9", title="C"),
    ]
)
MADE = {
    "[gallery]": "b.png .*a.png alt A",
    '[gallery ids="1"]': "a.png alt A",
    "[gallery exclude=2]": "^[^b]*a.png",
    '[playlist ids="3"]': "audio controls src https://d.example/c.mp3 .*figcaption C",
    "[audio]": "audio controls src https://d.example/c.mp3",
    '[video mp4="https://d.example/v.mp4" poster="p.png"]': "video controls src .*v.mp4 poster p",
    "[embed]https://v.example/1[/embed]": "a href https://v.example/1",
    "[vimeo 123]": "iframe src https://player.vimeo.com/video/123",
    '[youtube id="abcdefghijk"]': "iframe src https://www.youtube-nocookie.com/embed/abcdefghijk",
    "[youtube=https://youtu.be/abcdefghijk?t=1&amp;w=2]": "nocookie.com/embed/abcdefghijk title",
    "[dailymotion id=x1]": "a href https://www.dailymotion.com/video/x1",
    "[tweet https://t.example/1]": "a href https://t.example/1",
    "[gist id=7]": "gist.github.com/7",
    '[button url="https://d.example/"]Go[/button]': "a href https://d.example/ Go",
    '[caption width="1" caption="Old"]<img src="a">[/caption]': "img src a .*figcaption Old",
    "[code lang=php]&lt;?php[/code]": "code class language-php",
    "[python]x = 1[/python]": "code class language-python",
    "[pullquote]Said.[/pullquote]": "aside class pull-quote Said.",
    '[quote cite="Her"]Said.[/quote]': "blockquote Said. cite Her",
    '[toggle title="T"]In.[/toggle]': "details summary T /summary In.",
    "[su_spoiler title='T']In.[/su_spoiler]": "summary T",
    "[one_half]L[/one_half][one_half_last]R[/one_half_last]": "^ *L +R *$",
    "[dropcap]A[/dropcap]s": "^As$",
    '[et_pb_image src="https://d.example/x.jpg" alt="X" /]': "img src .*x.jpg alt X",
    "[fusion_imageframe]https://d.example/x.jpg[/fusion_imageframe]": "img src .*x.jpg",
    '[et_pb_video src="https://youtu.be/abcdefghijk"]': "iframe src .*abcdefghijk",
    '[vc_btn title="Go" link="https://d.example/"]': "a href https://d.example/ Go /a",
    "[fusion_button link='https://d.example/']Go[/fusion_button]": "a href .* Go /a",
    '[et_pb_blurb title="One"]Two[/et_pb_blurb]': "strong One /strong .* Two",
    '[vc_row title=""]In[/vc_row]': "^ *In *$",
    "[highlight]h[/highlight]": "mark h /mark",
    "[unknown_one]words[/unknown_one]": "unknown_one.words./unknown_one",
    "[recent_posts count=3]": "^$",
    "[caption]no picture[/caption]": "caption.no picture",
}


@pytest.mark.parametrize("text", MADE)
def test_what_becomes_of_shortcodes(text: str) -> None:
    made = Shortcodes(LIBRARY, "9").html(text)
    plain = " ".join(re.sub(r'[<>="]+', " ", made).split()) if "watch" not in made else made
    assert re.search(MADE[text], plain), made


def test_reusable_blocks_stop_at_their_circle() -> None:
    notes: list[Any] = []
    reusable = {"1": '<p>one</p><!-- wp:block {"ref":1} /-->'}
    html = without_comments('<!-- wp:block {"ref":1} /-->', reusable, notes)
    assert html.count("one") == 5
    assert notes
    assert not without_comments('<!-- wp:block {"ref":2} /-->', reusable, notes)
    assert "reusable block 2" in notes[-1].what


BLOCKS = {
    '<!-- wp:social-link {"url":"https://s.example/","service":"x"} /-->': (
        '<li><a href="https://s.example/">x</a></li>'
    ),
    'Words <a href="/x"><img class="alignleft wp-image-7" src="d.jpg"/></a>beside.': (
        '<p><a href="/x"><img src="d.jpg"/></a></p><p>Words beside.</p>'
    ),
    'An <img class="smiley" src="d.png"/> in words.': (
        '<p>An <img class="smiley" src="d.png"/> in words.</p>'
    ),
    "<!-- wp:core/spacer -->\n<div class='wp-block-spacer'></div>\n<!-- /wp:core/spacer -->": "",
    "Classic\n\ntext.\n<!-- wp:paragraph --><p>x</p><!-- /wp:paragraph -->": (
        "<p>Classic</p>\n<p>text.</p><p>x</p>"
    ),
    '<!-- wp:gallery {"ids":[1]} --><figure class="wp-block-gallery"><ul class="blocks-gallery-grid"><li class="blocks-gallery-item"><figure><img src="x.png"/><figcaption>c</figcaption></figure></li></ul><figcaption class="blocks-gallery-caption">all</figcaption></figure><!-- /wp:gallery -->': (  # noqa: E501
        '<figure><img src="x.png"/><figcaption>c</figcaption></figure><p>all</p>'
    ),
    '<!-- wp:cover {"url":"a.png"} --><div class="wp-block-cover"><span class="wp-block-cover__background"></span><img src="a.png"/><div class="wp-block-cover__inner-container"><p>In</p></div></div><!-- /wp:cover -->': (  # noqa: E501
        '<div><img src="a.png"/><div><p>In</p></div></div>'
    ),
    '<!-- wp:embed --><figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\nhttps://vimeo.com/12\n</div></figure><!-- /wp:embed -->': (  # noqa: E501
        '<figure><p><iframe allowfullscreen="" height="315" loading="lazy" src="https://player.vimeo.com/video/12?dnt=1" title="Video on Vimeo" width="560"></iframe></p></figure>'  # noqa: E501
    ),
    '<!-- wp:broken {"a": } --><p>x</p><!-- /wp:broken -->': "<p>x</p>",
}


@pytest.mark.parametrize("body", BLOCKS)
def test_blocks(body: str) -> None:
    html, _ = html_of(body, "9", Library(), {}, {})
    assert html.strip() == BLOCKS[body]


HOSTILE = {
    "no addresses": '<p>http://[x</p><img src="http://[x"><a href="//[x"><img src="//[y"></a> x',
    "tags": '<a "' * 10_000,
    "nesting": "<b>" * 10_000 + "x\n\ny\n\n" * 1_000,
    "blank lines": "\n \n" * 10_000,
    "unclosed": "<pre>" * 10_000 + "<!--" * 10_000,
    "brackets": "[a " * 5_000 + "[b]" * 2_000 + "[/b]" * 2_000,
    "comments": "<!-- wp:a " * 10_000 + "<!-- wp:b {" * 10_000,
    "deep": "<div>" * 10_000 + "x",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bodies_are_read_in_no_time(name: str) -> None:
    """What grows with the square of a body's length would hold this test up for minutes."""
    html, _ = html_of(HOSTILE[name], "9", Library(), {}, {})
    assert ("x" in HOSTILE[name]) == ("x" in html)
