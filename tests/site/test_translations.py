"""Which languages an article can be read in, however its versions name each other."""

from blogforge.model import Post
from blogforge.site.translations import translations
from tests.invented import CONFIG, day, post

ORIGINAL = post("en")
FRENCH = post("fr", lang="fr", translation_of="posts/en.md", date=day(2))


def spoken(posts: list[Post], path: str = "posts/en.md") -> list[tuple[str, str]]:
    found = translations(posts, CONFIG.origin).get(path, ())
    return [(each.lang, each.url) for each in found]


def test_a_site_without_translations_has_none() -> None:
    assert translations([ORIGINAL, post("b")]) == {}


def test_both_sides_know_both() -> None:
    both = [("en", ORIGINAL.url), ("fr", FRENCH.url)]
    assert spoken([ORIGINAL, FRENCH]) == both
    assert spoken([FRENCH, ORIGINAL], FRENCH.path) == both
    assert spoken([FRENCH, ORIGINAL, post("b")], "posts/b.md") == []


def test_a_version_of_a_version_counts_and_so_do_those_of_one_that_is_not_there() -> None:
    arabic = post("ar", lang="ar", translation_of=FRENCH.path)
    assert [lang for lang, _ in spoken([ORIGINAL, FRENCH, arabic])] == ["ar", "en", "fr"]
    spanish = post("es", lang="es", translation_of="posts/en.md")
    assert [lang for lang, _ in spoken([FRENCH, spanish], FRENCH.path)] == ["es", "fr"]


def test_a_circle_has_an_end() -> None:
    original = post("en", translation_of=FRENCH.path)
    assert [lang for lang, _ in spoken([original, FRENCH])] == ["en", "fr"]


def test_each_language_is_there_once_by_the_version_at_home_or_the_first() -> None:
    late = post("late", lang="FR", translation_of="posts/en.md", date=day(3))
    assert spoken([ORIGINAL, late, FRENCH])[1] == ("fr", FRENCH.url)
    away = post("fr", lang="fr", translation_of="posts/en.md", canonical="https://e.example/")
    assert spoken([ORIGINAL, late, away])[1] == ("FR", late.url)
    found = translations([ORIGINAL, away], CONFIG.origin)["posts/en.md"]
    assert [each.at_home for each in found] == [True, False]


def test_two_versions_in_one_language_are_no_translation() -> None:
    assert spoken([ORIGINAL, post("b", translation_of="posts/en.md")]) == []
