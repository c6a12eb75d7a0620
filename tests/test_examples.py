"""The example plugin as its users get it: a wheel that pip installs, found by its entry point."""

from pathlib import Path

import feedparser  # type: ignore[import-untyped]

from tests.test_package import packed, run

FILES = {
    "blogforge.yaml": (
        "title: The Desk\nurl: https://desk.example/\ntimezone: UTC\n"
        "social_cards: {enabled: false}\nplugins: [podcast]\n"
    ),
    "posts/2024-05-01-guns.md": (
        "---\ntitle: Guns\nextra: {audio: {src: /guns.mp3, bytes: 9042113, seconds: 754}}\n---\n"
        "\nText.\n"
    ),
    "templates/article.html": (
        '{% extends "theme/article.html" %}'
        "{% block main %}{{ article.extra.audio.seconds | duration }}{% endblock %}"
    ),
}


def test_the_example_is_installed_and_found_by_its_name(tmp_path: Path, repository: Path) -> None:
    wheel = packed(repository / "examples" / "blogforge-podcast", "wheel", tmp_path / "wheel")
    target = tmp_path / "installed"
    pip = ["-m", "pip", "--disable-pip-version-check", "--no-cache-dir", "install", "--quiet"]
    run([*pip, "--no-deps", "--no-index", "--no-compile", "--target", target, wheel], tmp_path)
    site = tmp_path / "site"
    for name, text in FILES.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, encoding="utf-8")
    path = f"{target}:{repository / 'src'}"
    run(["-m", "blogforge", "build"], site, PYTHONPATH=path)
    (entry,) = feedparser.parse((site / "public/podcast.xml").read_bytes()).entries
    assert entry.title == "Guns"
    assert "12:34" in (site / "public/2024/05/01/guns/index.html").read_text(encoding="utf-8")
