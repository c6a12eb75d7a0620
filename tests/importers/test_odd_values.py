"""Front matter and settings of Hugo, Jekyll and Pelican that hold what nobody expects there."""

import json
from pathlib import Path
from typing import Any

import pytest

from blogforge.importers.found import Found
from tests.importers.reading import read, site

pytest.importorskip("docutils")

VALUES: list[Any] = [
    *(None, "", 0, -1, True, 3.5, "1e999", 10**30, "no", "#", "?p=1", "CON", "..", "/", "a/../b"),
    *("../../etc", "/etc/passwd", "http://[::1", "//x", "https://x.example/a b", "a\u202eb"),
    *("é" * 300, "2012-03-21T25:61:00Z", "9999-12-31T23:59:59-14:00", "0000-00-00", "{{< x >}}"),
    *([], [[]], [None], [1, [2, {"a": 3}]], {}, {"a": {"b": [1]}}, {"src": None}, {"src": ["x"]}),
    *({"name": [1]}, [{"src": 5, "name": 3}], {"path": {"x": 1}}, {"target": 5}),
    [{"target": {"path": ["x"]}}],
]
HUGO = (
    "date publishDate lastmod expiryDate draft slug url aliases tags categories series authors "
    "author summary description image images cover resources cascade params build headless "
    "translationKey type canonical lang"
)
JEKYLL = (
    "date last_modified_at permalink redirect_from redirect_to published hidden category "
    "categories tag tags author authors image header excerpt series lang ref slug "
    "excerpt_separator render_with_liquid canonical_url"
)
PELICAN = "date modified category tags slug author authors summary status lang url save_as image"
SETTINGS = {
    "hugo.json": "baseURL title permalinks languages contentDir uglyURLs timeZone params "
    "taxonomies frontmatter defaultContentLanguage languageCode",
    "_config.yml": "title url baseurl permalink collections defaults exclude timezone lang plugins "
    "authors jekyll-archives collections_dir excerpt_separator",
    "pelicanconf.py": "PATH SITEURL ARTICLE_URL PAGE_URL PAGE_PATHS DEFAULT_LANG TIMEZONE "
    "DEFAULT_CATEGORY FILENAME_METADATA STATIC_PATHS EXTRA_PATH_METADATA DEFAULT_METADATA AUTHOR",
}


def document(keys: str, value: Any) -> str:
    return json.dumps(dict.fromkeys(keys.split(), value)) + "\n"


def adds_up(found: Found) -> bool:
    return found.counted == len(found.items) + sum(each.count for each in found.left_out) > 0


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_no_value_of_front_matter_loses_a_page(tmp_path: Path, value: Any) -> None:
    hugo = document(HUGO, value)
    paths = ("posts/a.md", "posts/_index.md", "b.fr.md", "posts/c/index.md", "authors/x/_index.md")
    assert adds_up(read("hugo", site(tmp_path / "1", {f"content/{path}": hugo for path in paths})))
    jekyll = f"---\n{document(JEKYLL, value)}---\n"
    files = dict.fromkeys(("_posts/2012-03-21-a.md", "_drafts/b.md", "_posts/c.md"), jekyll)
    assert adds_up(read("jekyll", site(tmp_path / "2", {**files, "d.md": jekyll})))
    lines = "".join(f"{key}: {value}\n" for key in PELICAN.split()).replace("\0", "")
    below = ("a.md", "x/b.md", "pages/c.md")
    assert adds_up(read("pelican", site(tmp_path / "3", dict.fromkeys(below, f"{lines}\nx\n"))))


@pytest.mark.parametrize("value", VALUES, ids=repr)
@pytest.mark.parametrize("form", ["hugo", "jekyll", "pelican"])
def test_no_setting_reads_what_is_outside(tmp_path: Path, form: str, value: Any) -> None:
    site(tmp_path, {"etc/secret.md": "---\ntitle: Secret\ndate: 2012-03-21\n---\n"})
    page = "---\ntitle: A\ndate: 2012-03-21\n---\nx\n"
    name = dict(zip(("hugo", "jekyll", "pelican"), SETTINGS, strict=True))[form]
    for key in SETTINGS[name].split():
        said = f"{key} = {value!r}\n" if form == "pelican" else json.dumps({key: value})
        files = {"content/posts/a.md": page, "_posts/2012-03-21-a.md": page, name: said}
        found = read(form, site(tmp_path / "above" / key, files))
        assert found.counted == len(found.items) + sum(each.count for each in found.left_out)
        paths = [item.origin.path for item in found.items]
        paths += [each.origin.path for each in found.left_out]
        assert not [path for path in paths if "secret" in path]
