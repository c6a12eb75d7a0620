import os
from collections.abc import Callable
from pathlib import Path

import pytest

from blogforge.config import Config
from blogforge.content.entities import Entities
from blogforge.content.read import Reading, read
from blogforge.digest import digest_bytes
from blogforge.errors import ConfigError, ContentError, MachineError

CONFIG = Config(title="Mali Watch", url="https://example.org/")
Write = Callable[..., Path]


def post(title: str = "a") -> str:
    return f"---\ntitle: {title}\ndate: 2012-03-21\n---\nBody\n"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write files below the site's folder, by path; give that folder."""
    root = tmp_path / "site"
    (root / "posts").mkdir(parents=True)

    def write(files: dict[str, str | bytes]) -> Path:
        for path, text in files.items():
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return root

    return write


def problems(root: Path) -> list[str]:
    with pytest.raises(ContentError) as caught:
        read(root, CONFIG)
    return list(map(str, caught.value.problems))


def test_a_whole_site(write: Write) -> None:
    root = write(
        {
            "posts/2012-03-21-b.md": post("B"),
            "posts/africa/2012-03-21-a/index.md": post("A"),
            "posts/africa/2012-03-21-a/road.jpg": b"\xff\xd8",
            "posts/c.MARKDOWN": post("C"),
            "posts/_note.md": "not a post",
            "posts/.hidden.md": "not a post",
            "posts/_drafts/d.md": "not a post",
            "posts/c.md~": "not a post",
            "pages/about.md": "---\ntitle: About\n---\n",
            "pages/map.png": b"",
            "authors.yaml": "anna: {name: Anna}\n",
            "entities.yaml": "Bamako: [Bammako]\n",
            "data/cities.yaml": "- {name: Bamako, people: 2000000, code: 012}\n",
        }
    )
    reading = read(root, CONFIG)
    assert [p.path for p in reading.posts] == [
        "posts/2012-03-21-b.md",
        "posts/africa/2012-03-21-a/index.md",
        "posts/c.MARKDOWN",
    ]
    assert [p.slug for p in reading.posts] == ["b", "a", "c"]
    assert [p.url for p in reading.standalones] == ["/about/"]
    assert set(reading.sources) == {p.path for p in (*reading.posts, *reading.standalones)}
    source = reading.sources["posts/2012-03-21-b.md"]
    assert (source.body, source.body_line) == ("Body\n", 5)
    assert source.digest == reading.posts[0].digest == digest_bytes(post("B").encode())
    assert reading.authors["anna"].name == "Anna"
    assert reading.entities == Entities.of({"Bamako": ["Bammako"]})
    assert reading.data == {"cities": [{"name": "Bamako", "people": 2000000, "code": "012"}]}
    assert reading.media == ("pages/map.png", "posts/africa/2012-03-21-a/road.jpg")


def test_the_least_site(write: Write) -> None:
    assert read(write({}), CONFIG) == Reading(sources={}, posts=())


def test_no_posts_folder(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no folder posts/") as caught:
        read(tmp_path, CONFIG)
    assert "posts/2012-03-21-first-post.md" in str(caught.value)
    (tmp_path / "posts").touch()
    with pytest.raises(ConfigError, match="there is no folder posts/"):
        read(tmp_path, CONFIG)


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + post("Été").encode(),
        post("Été").replace("\n", "\r\n").encode(),
        post("Été").replace("\n", "\r").encode(),
    ],
    ids=["byte order mark", "CRLF", "CR"],
)
def test_spellings_of_one_text(write: Write, data: bytes) -> None:
    reading = read(write({"posts/a.md": data}), CONFIG)
    assert reading.posts[0].title == "Été"
    assert reading.sources["posts/a.md"].body == "Body\n"
    assert reading.posts[0].digest == digest_bytes(data)


def test_form_feeds_are_spaces(write: Write) -> None:
    reading = read(write({"posts/a.md": post().replace("Body", "Bo\fdy")}), CONFIG)
    assert reading.sources["posts/a.md"].body == "Bo dy\n"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (post().encode("utf-16"), "posts/a.md:1:1: the file is UTF-16, not UTF-8"),
        (post().encode("utf-16-le"), "posts/a.md:1:1: the file is UTF-16, not UTF-8"),
        (post().encode("utf-16-be"), "posts/a.md:1:1: the file is UTF-16, not UTF-8"),
        (post().encode("utf-32"), "posts/a.md:1:1: the file is UTF-32, not UTF-8"),
        (b"a\r\nb\r\xc3\xa9t\xe9", "posts/a.md:3:3: the file is not UTF-8: byte 8 is 0xe9"),
        (b"\xef\xbb\xbfab\xff", "posts/a.md:1:3: the file is not UTF-8: byte 5 is 0xff"),
        (b"\xed\xa0\x80", "posts/a.md:1:1: the file is not UTF-8: byte 0 is 0xed"),
        (post("a\0b"), "posts/a.md:2:9: the character U+0000 is not allowed here"),
        (post() + "\n a\x0bb", "posts/a.md:7:3: the character U+000B is not allowed here"),
        (post() + "\ufffe", "posts/a.md:6:1: the character U+FFFE is not allowed here"),
        (post() + "\uffff", "posts/a.md:6:1: the character U+FFFF is not allowed here"),
    ],
)
def test_what_is_not_clean_utf8(write: Write, data: str | bytes, told: str) -> None:
    (problem,) = problems(write({"posts/a.md": data}))
    assert problem.startswith(told + "\n")
    assert "hint: " in problem


def test_characters_that_xml_allows(write: Write) -> None:
    read(
        write({"posts/a.md": post() + "tab\t \x85 \x9f \u2028 \ue000 \U0001f30d \U0010ffff"}),
        CONFIG,
    )


def test_every_problem_of_every_file(write: Write) -> None:
    root = write(
        {
            "posts/a.md": "---\ntitle: a\ntaggs: b\ntype: c\n---\n",
            "posts/b.md": b"\xff",
            "posts/c.md": post() + "\x00\x01",
            "posts/ok.md": post(),
            "pages/index.md": "---\ntitle: a\n---\n",
            "authors.yaml": "anna: {nmae: a}",
            "entities.yaml": "Bamako: Bammako",
            "data/a.yaml": "a: &b c",
            "data/b.yml": "",
            "data/more/c.yaml": "",
        }
    )
    assert [told.partition(": ")[0] for told in problems(root)] == [
        "authors.yaml:1:8",
        "data/a.yaml:1:4",
        "data/b.yml",
        "data/more/c.yaml",
        "entities.yaml:1:9",
        "pages/index.md:2:1",
        "posts/a.md:2:1",
        "posts/a.md:3:1",
        "posts/a.md:4:7",
        "posts/b.md:1:1",
        "posts/c.md:6:1",
        "posts/c.md:6:2",
    ]


def test_what_is_named_by_another_ending_is_missed(write: Write) -> None:
    root = write({"posts/a.md": post(), "authors.yml": "", "entities.yml": "a: [b]"})
    assert problems(root) == [
        "authors.yml: this file is not read\n  hint: rename authors.yml to authors.yaml",
        "entities.yml: this file is not read\n  hint: rename entities.yml to entities.yaml",
    ]
    write({"authors.yaml": "", "entities.yaml": ""})
    assert read(root, CONFIG).posts, "the other files are somebody else's"


def test_a_flood_of_problems_is_cut(write: Write) -> None:
    assert len(problems(write({"posts/a.md": post() + "\x01" * 1000}))) == 10


# ---------------------------------------------------------------- links and odd files


def test_links_inside_the_site_are_followed(write: Write) -> None:
    root = write({"posts/2012/a.md": post(), "drafts/b.md": post()})
    (root / "posts" / "b.md").symlink_to(root / "drafts" / "b.md")
    (root / "drafts" / "old").mkdir()
    (root / "drafts" / "old" / "c.md").write_text(post())
    (root / "posts" / "1999").symlink_to("../drafts/old")
    (root / "posts" / "1900").symlink_to("2012")  # read once, by its own name
    assert list(read(root, CONFIG).sources) == ["posts/1999/c.md", "posts/2012/a.md", "posts/b.md"]


def test_a_site_behind_a_link(write: Write, tmp_path: Path) -> None:
    root = write({"posts/a.md": post()})
    (root / "posts" / "b.md").symlink_to("a.md")
    (tmp_path / "link").symlink_to(root)
    assert len(read(tmp_path / "link", CONFIG).posts) == 2


def test_links_out_of_the_site_are_not_followed(write: Write, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text(post())
    (tmp_path / "site-2").mkdir()
    root = write({"posts/a.md": post()})
    (root / "posts" / "secret.md").symlink_to(tmp_path / "secret.md")
    (root / "posts" / "folder").symlink_to(tmp_path / "site-2")
    (root / "posts" / "nowhere.md").symlink_to("missing.md")
    (root / "posts" / "self.md").symlink_to("self.md")
    (root / "pages").symlink_to(tmp_path)
    assert [told.split("\n")[0] for told in problems(root)] == [
        "pages: this link leads out of the site's folder",
        "posts/folder: this link leads out of the site's folder",
        "posts/nowhere.md: this link leads nowhere",
        "posts/secret.md: this link leads out of the site's folder",
        "posts/self.md: this link leads nowhere",
    ]


def test_loops_end(write: Write) -> None:
    root = write({"posts/2012/a.md": post()})
    (root / "posts" / "2012" / "around").symlink_to("..")
    (root / "posts" / "again").symlink_to(".")
    for name in "abcdefghij":  # each folder leads to each other: ten factorial paths
        for other in "abcdefghij":
            (root / "posts" / name).mkdir(exist_ok=True)
            (root / "posts" / name / f"to-{other}").symlink_to(f"../{other}")
    assert list(read(root, CONFIG).sources) == ["posts/2012/a.md"]


def test_names_that_cannot_be_told(write: Write) -> None:
    root = write({"posts/a\nb.md": post()})
    (Path(os.fsdecode(os.fsencode(root / "posts") + b"/caf\xe9.md"))).write_text(post())
    assert [told.split("\n  hint")[0] for told in problems(root)] == [
        "posts/a\nb.md: the name has control characters or is not UTF-8",
        "posts/caf\\udce9.md: the name has control characters or is not UTF-8",
    ]


def test_pipes_are_not_waited_for(write: Write) -> None:
    root = write({})
    os.mkfifo(root / "posts" / "pipe.md")
    (told,) = problems(root)
    assert told.startswith("posts/pipe.md: this is neither a file nor a folder")


def test_what_the_machine_does_not_give(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write({"posts/a.md": post(), "posts/b.md": "wrong", "posts/c.md": post()})
    real = Path.read_bytes

    def refuse(file: Path) -> bytes:
        if file.name in {"a.md", "c.md"}:
            raise PermissionError(13, "Permission denied")
        return real(file)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(MachineError) as caught:
        read(root, CONFIG)
    assert caught.value.exit_status == 3
    assert [str(problem) for problem in caught.value.problems] == [
        "posts/a.md: the file cannot be read: Permission denied",
        "posts/c.md: the file cannot be read: Permission denied",
    ]


def test_a_folder_that_cannot_be_entered(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write({"posts/2012/a.md": post()})
    real = os.scandir

    def refuse(folder: Path) -> object:
        if folder.name == "2012":
            raise PermissionError(13, "Permission denied")
        return real(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(MachineError, match="posts/2012: this cannot be read: Permission denied"):
        read(root, CONFIG)


@pytest.mark.corpus
@pytest.mark.parametrize("name", ["18f", "rustblog"])
def test_real_posts(name: str, corpora: Path) -> None:
    root = corpora / name
    reading = read(root, CONFIG)
    assert len(reading.posts) == len(list((root / "posts").glob("*.md")))
    assert all(p.title and p.url and p.date.tzinfo for p in reading.posts)
