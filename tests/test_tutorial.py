"""The tutorial, walked as it is written: what it says happens."""

import re
from pathlib import Path

from docs.making.tutorial import Walk, blogforge


def test_the_tutorial_leads_from_nothing_to_a_published_article(tmp_path: Path) -> None:
    walk = Walk(tmp_path)
    walk.start()
    assert undated(blogforge("check", folder=walk.desk).stdout) == undated(walk.finding)
    walk.mend()
    post = walk.write()
    assert blogforge("check", "--drafts", folder=walk.desk).stdout == "nothing to mend\n"

    text = post.read_text(encoding="utf-8")
    post.write_text(text.replace("tags:", "taggs:"), encoding="utf-8")
    wrong = blogforge("build", folder=walk.desk)
    assert wrong.returncode == 1
    assert "hint: did you mean 'tags'?" in wrong.stderr
    post.write_text(text, encoding="utf-8")

    walk.publish(post)
    done = blogforge("build", folder=walk.desk)
    assert done.returncode == 0, done.stderr
    (article,) = (walk.desk / "public").glob("*/*/*/a-coast-by-night/index.html")
    page = article.read_text(encoding="utf-8")
    assert "The Harbour Desk" in page
    assert "<cite>A cartographer</cite>" in page
    assert "A coast at night from above" in page
    assert "watches harbours, and what leaves them at night" in page


def undated(text: str) -> str:
    return re.sub(r"\d{4}-\d\d-\d\d", "DAY", text).strip()
