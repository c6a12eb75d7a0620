from __future__ import annotations

import pytest

from blogforge.config import Config
from blogforge.content.links import is_current
from blogforge.content.markdown import render
from blogforge.errors import ContentError
from blogforge.model import Article, Source, Standalone, Targets

URLS = {
    "posts/a.md": "/2012/a/",
    "posts/b.md": "/2012/b/",
    "posts/deep/c.md": "/2012/c/",
    "posts/deep/map.png": "/2012/c/map.png",
    "posts/map.png": "/media/map.png",
    "posts/été.md": "/2012/%C3%A9t%C3%A9/",
    "pages/about.md": "/about/",
}
UNPUBLISHED = {
    "posts/draft.md": "draft",
    "posts/later.md": "scheduled",
    "posts/old.md": "expired",
    "posts/gone.md": "withdrawn",
}
TARGETS = Targets(urls=URLS, unpublished=UNPUBLISHED)


def made(
    body: str,
    path: str = "posts/a.md",
    *,
    url: str = "https://example.org/",
    targets: Targets = TARGETS,
    lang: str = "en",
    slug: str = "a",
) -> Article:
    document = Standalone(path=path, digest="", url="/", slug=slug, title="T", lang=lang)
    source = Source(path=path, digest="", body=body, body_line=3)
    return render(source, document, targets, Config(title="T", url=url))


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("b.md", "/2012/b/"),
        ("./b.md", "/2012/b/"),
        ("b.md#part", "/2012/b/#part"),
        ("posts/b.md", "/2012/b/"),
        ("/posts/b.md", "/2012/b/"),
        ("../pages/about.md#x", "/about/#x"),
        ("deep/c.md", "/2012/c/"),
        ("c.md", "/2012/c/"),
        ("about.md", "/about/"),
        ("été.md", "/2012/%C3%A9t%C3%A9/"),
        ("%C3%A9t%C3%A9.md", "/2012/%C3%A9t%C3%A9/"),
        ("map.png", "/media/map.png"),
        ("https://example.org/b.md", "https://example.org/b.md"),
        ("//example.org/b.md", "//example.org/b.md"),
        ("mailto:b.md", "mailto:b.md"),
        ("#part", "#part"),
        ("elsewhere.html", "elsewhere.html"),
        ("../../etc", "../../etc"),
        ("/2012/b/", "/2012/b/"),
        ("/files/notes.md", "/files/notes.md"),
    ],
)
def test_links(href: str, url: str) -> None:
    assert f'href="{url}"' in made(f"[x]({href})").html


def test_links_and_media_are_recorded() -> None:
    article = made("[x](b.md) ![y](map.png) ![z](none.png)\n\n[v](c.md)")
    assert dict(article.resolved) == {
        "posts/b.md": "/2012/b/",
        "posts/map.png": "/media/map.png",
        "posts/none.png": "",
        "posts/c.md": "",
        "c.md": "",
        "*/c.md": "/2012/c/",
    }
    assert is_current(article.resolved, TARGETS)


@pytest.mark.parametrize(
    "change",
    [
        {"posts/b.md": "/elsewhere/"},
        {"posts/none.png": "/none.png"},
        {"posts/c.md": "/nearer/"},
        {"pages/c.md": "/another/"},
    ],
)
def test_an_article_is_not_current_once_a_target_changes(change: dict[str, str]) -> None:
    article = made("[x](b.md) ![z](none.png)\n\n[v](c.md)")
    assert not is_current(article.resolved, Targets(urls={**URLS, **change}))


@pytest.mark.parametrize("reason", ["draft", "later"])
def test_a_link_to_an_unpublished_post_is_an_error(reason: str) -> None:
    with pytest.raises(ContentError) as caught:
        made(f"One.\n\nTwo [x]({reason}.md).")
    (problem,) = caught.value.problems
    assert problem.message == (
        f"links to posts/{reason}.md, which is not published ({UNPUBLISHED[f'posts/{reason}.md']})"
    )
    assert str(problem.location) == "posts/a.md:5:9"
    assert problem.excerpt == f"Two [x]({reason}.md)."


@pytest.mark.parametrize("name", ["old", "gone"])
def test_a_link_to_a_withdrawn_post_leaves_its_text(name: str) -> None:
    article = made(f'He "said [*so*]({name}.md)" then.')
    assert article.html == "<p>He “said <em>so</em>” then.</p>"
    assert (f"posts/{name}.md", f"!{UNPUBLISHED[f'posts/{name}.md']}") in article.resolved
    assert is_current(article.resolved, TARGETS)
    assert not is_current(article.resolved, Targets(urls={**URLS, f"posts/{name}.md": "/back/"}))


@pytest.mark.parametrize("href", ["none.md", "deep/none.md", "/posts/none.md"])
@pytest.mark.parametrize("reason", ["draft", "scheduled", "expired", "withdrawn"])
def test_an_article_is_not_current_once_why_a_link_is_dead_changes(href: str, reason: str) -> None:
    path = "posts/deep/none.md" if "deep" in href else "posts/none.md"
    article = made(f"[x]({href})")
    assert is_current(article.resolved, TARGETS)
    assert not is_current(article.resolved, Targets(urls=URLS, unpublished={path: reason}))


def test_an_article_is_not_current_once_an_expired_target_is_a_draft() -> None:
    for href in ("old.md", "deep/old.md", "/posts/old.md"):
        path = "posts/deep/old.md" if "deep" in href else "posts/old.md"
        gone = Targets(urls=URLS, unpublished={path: "expired"})
        article = made(f"[x]({href})", targets=gone)
        assert is_current(article.resolved, gone)
        assert not is_current(article.resolved, Targets(urls=URLS, unpublished={path: "draft"}))
        assert not is_current(article.resolved, Targets(urls=URLS))


def test_a_file_that_shares_the_name_of_a_hidden_one_is_told() -> None:
    hidden = Targets(urls=URLS, unpublished={"posts/x/late.md": "expired"})
    article = made("[x](late.md)", targets=hidden)
    assert ("*/late.md", "!expired") in article.resolved
    assert not is_current(
        article.resolved, Targets(urls=URLS, unpublished={"posts/x/late.md": "draft"})
    )


def test_a_link_to_nothing_suggests_a_file() -> None:
    (problem,) = made("[x](../pages/abuot.md)", "posts/a.md").warnings
    assert "links to ../pages/abuot.md" in problem.message
    assert problem.hint == "did you mean '../pages/about.md'?"


def test_an_ambiguous_name_is_no_link() -> None:
    targets = Targets(urls={"posts/x/d.md": "/1/", "posts/y/d.md": "/2/"})
    (warning,) = made("[x](d.md)", targets=targets).warnings
    assert "links to d.md" in warning.message


def test_media_beside_a_post_in_its_own_folder() -> None:
    html = made(
        '![m](map.png)\n\n<video src="map.png" poster="map.png"></video>\n\n'
        '<img srcset="map.png 1x, none.png 2x" src="map.png">',
        "posts/deep/c.md",
    ).html
    assert html.count("/2012/c/map.png") == 5
    assert 'srcset="/2012/c/map.png 1x, none.png 2x"' in html


def test_a_data_address_in_a_set_is_left_alone() -> None:
    assert (
        "data:image/png;base64,AA== 1x"
        in made('<p><img srcset="data:image/png;base64,AA== 1x"></p>').html
    )


def test_a_site_below_a_path() -> None:
    html = made(
        '[x](/about/) [y](/blog/z/) [v](b.md) ![w](/img/a.png) <a href="/blog">u</a> [t](//c.d/)',
        url="https://example.org/blog/",
        targets=Targets(urls={"posts/b.md": "/blog/2012/b/"}),
    ).html
    for url in ("/blog/about/", "/blog/z/", "/blog/2012/b/", "/blog/img/a.png", "/blog", "//c.d/"):
        assert f'"{url}"' in html


def test_words_of_ours_are_in_the_language_of_the_post() -> None:
    html = made("> [!FACTS]\n>\n> Un.[^1]\n\n[^1]: Deux.", lang="fr-CA").html
    assert '<p class="fact-box-title">Repères</p>' in html
    assert 'aria-label="Retour à l’appel de note 1"' in html


def test_footnotes_of_two_articles_do_not_collide() -> None:
    body = "One.[^1]\n\n[^1]: Note."
    first, second = made(body, slug="mali").html, made(body, slug="libya").html
    assert 'id="fn-mali-1"' in first
    assert 'id="fnref-libya-1"' in second
    assert "libya" not in first


def test_quoted_words_weigh_less() -> None:
    article = made("> Wire.\n\nOurs.\n\n> [!FACTS]\n>\n> Boxed.\n\n```\ncode\n```")
    counts = dict(zip(article.terms.words.split(), article.terms.counts, strict=True))
    assert {word: counts[word] for word in ("wire", "our", "box", "code")} == {
        "wire": 1,
        "our": 4,
        "box": 4,
        "code": 1,
    }


def test_headings_in_quotes_and_boxes_are_not_in_the_contents() -> None:
    article = made("## A\n\n> ## B\n\n### C\n\n#### D")
    assert [heading.text for heading in article.toc] == ["A", "C"]


def test_a_title_is_no_attribute_of_a_figure() -> None:
    assert "title=" not in made('![x](y.png "z")').html


def test_raw_attributes_survive() -> None:
    assert 'data-a="&quot;b&quot;"' in made("<p data-a='\"b\"' hidden>c</p>").html


def test_a_list_of_links_in_a_raw_block() -> None:
    html = made('<ul><li><a href="b.md">b</a><li><a href="old.md">old</a></ul>').html
    assert html == '<ul><li><a href="/2012/b/">b</a></li><li>old</li></ul>'


def test_many_equal_headings_get_ids_of_their_own() -> None:
    ids = [heading.id for heading in made("## A\n\n## A 2\n\n" + "## A\n\n" * 3).toc]
    assert ids == ["a", "a-2", "a-3", "a-4", "a-5"]
