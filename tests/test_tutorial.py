"""The tutorial, walked as it is written: what it says happens."""

import re
import shutil
from pathlib import Path

from docs.making.assemble import REPOSITORY
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
    done = blogforge("deploy", folder=walk.desk)
    assert done.returncode == 0, done.stderr
    (article,) = (tmp_path / "www").glob("*/*/*/a-coast-by-night/index.html")
    page = article.read_text(encoding="utf-8")
    assert "The Harbour Desk" in page
    assert "<cite>A cartographer</cite>" in page
    assert "A coast at night from above" in page
    assert "watches harbours, and what leaves them at night" in page


def undated(text: str) -> str:
    return re.sub(r"\d{4}-\d\d-\d\d", "DAY", text).strip()


def test_the_first_article_of_the_readme_has_nothing_to_mend(tmp_path: Path) -> None:
    desk = tmp_path / "my-desk"
    assert blogforge("new", "site", desk).returncode == 0
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    (article,) = re.findall(r"```markdown\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)
    (picture,) = re.findall(r"^cp (\S+) \.\./my-desk/posts/", readme, re.MULTILINE)
    shutil.copy(REPOSITORY / picture, desk / "posts")
    made = blogforge(
        "new", "post", re.findall("^title: (.+)$", article, re.MULTILINE)[0], folder=desk
    )
    post = desk / made.stdout.removeprefix("created ").strip()
    post.write_text(article, encoding="utf-8")
    assert blogforge("check", "--strict", folder=desk).stdout == "nothing to mend\n"
