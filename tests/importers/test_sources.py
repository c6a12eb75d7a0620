"""Where imports come from: folders, archives, encodings, XML, foreign front matter."""

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from blogforge.errors import ConfigError, ContentError
from blogforge.importers import archives, matter, xml
from blogforge.importers.archives import unpack
from blogforge.importers.encodings import text_of
from blogforge.importers.source import opened

# ---------------------------------------------------------------- archives


def zipped(folder: Path, *names: str, data: bytes = b"x") -> Path:
    path = folder / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize(
    "name",
    ["../out", "a/../../out", "/etc/out", "\\out", "..\\out", "C:\\out", "a/" + "x" * 300],
)
def test_an_entry_that_climbs_out_is_refused_by_name(tmp_path: Path, name: str) -> None:
    into = tmp_path / "into"
    with pytest.raises(ContentError, match="is refused"):
        unpack(zipped(tmp_path, "good.md", name), into)
    assert {path.name for path in tmp_path.iterdir()} <= {"into", "export.zip"}


def test_an_archive_that_grows_is_refused(tmp_path: Path) -> None:
    archive = zipped(tmp_path, "a", "b", data=bytes(60_000))
    assert archive.stat().st_size < 1000
    with pytest.raises(ContentError, match="too large"):
        unpack(archive, tmp_path / "into", most_bytes=100_000)


def test_an_archive_of_too_many_entries_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "_MOST_ENTRIES", 2)
    with pytest.raises(ContentError, match="more than 2 entries"):
        unpack(zipped(tmp_path, "a", "b", "c"), tmp_path / "into")


def test_links_and_devices_of_an_archive_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "site.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for name, kind in (("link", tarfile.SYMTYPE), ("hard", tarfile.LNKTYPE)):
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = kind, "/etc/passwd"
            archive.addfile(entry)
        device = tarfile.TarInfo("device")
        device.type = tarfile.CHRTYPE
        archive.addfile(device)
        through = tarfile.TarInfo("link/post.md")
        through.size = 1
        archive.addfile(through, io.BytesIO(b"x"))
    with opened(str(path)) as source:
        assert source.files() == ["link/post.md"]
        assert len(source.problems) == 3
        assert not (source.root / "link").is_symlink()


def test_a_broken_archive_is_told(tmp_path: Path) -> None:
    path = tmp_path / "site.zip"
    path.write_bytes(zipped(tmp_path, "a").read_bytes()[:40])
    with pytest.raises(ContentError, match="cannot be unpacked"), opened(str(path)):
        pass


def test_names_that_one_file_system_takes_for_one_are_unpacked_once(tmp_path: Path) -> None:
    problems = unpack(zipped(tmp_path, "Post.md", "post.md"), tmp_path / "into")
    assert [problem.message for problem in problems] == [
        "an archive has this name twice; the first is taken"
    ]


# ---------------------------------------------------------------- folders and text


def test_a_folder_is_read_without_what_leads_out(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("mine")
    folder = tmp_path / "site"
    (folder / ".git").mkdir(parents=True)
    (folder / ".git/config.md").write_text("x")
    (folder / "post.MD").write_text("x")
    (folder / "out.md").symlink_to(tmp_path / "secret.md")
    (folder / "round").symlink_to(folder)
    with opened(str(folder)) as source:
        assert source.files(".md") == ["post.MD"]
        assert [str(problem.location) for problem in source.problems] == ["out.md"]
        assert not source.holds("../secret.md")
        assert not source.holds("out.md")
        with pytest.raises(ContentError, match="leads out"):
            source.read("../secret.md")


def test_a_single_file_is_all_there_is(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("x")
    (tmp_path / "b.xml").write_text("x")
    with opened(str(tmp_path / "a.xml")) as source:
        assert source.files(".xml") == ["a.xml"]
    with pytest.raises(ConfigError), opened(str(tmp_path / "c.xml")):
        pass


@pytest.mark.parametrize(
    ("data", "text", "told"),
    [
        ("é\r\nb".encode(), "é\nb", False),
        ("é".encode("utf-8-sig"), "é", False),
        ("é".encode("utf-16"), "é", False),
        (b"\xe9 \x93x\x94 \x81", "é “x” \x81", True),
    ],
)
def test_an_encoding_is_found(data: bytes, text: str, told: bool) -> None:
    found, problem = text_of(data, "a.txt")
    assert found == text
    assert (problem is not None) is told


# ---------------------------------------------------------------- XML


def test_xml_is_mended_where_nothing_is_lost() -> None:
    head = '<?xml version="1.0" encoding="ISO-8859-1"?>'
    body = "<a>é &nbsp;&mdash; x & y &amp; \x0c<![CDATA[ & <!DOCTYPE ]]></a>"
    root, problems = xml.parse((head + body).encode("latin-1"), "export.xml")
    assert root.text == "é \xa0— x & y &  & <!DOCTYPE "
    assert len(problems) == 2


@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'.encode("utf-16"),
        b"<a><b></a>",
        b"<a>" * 100_000,
        b"",
    ],
)
def test_xml_that_is_hostile_or_broken_is_refused(data: bytes) -> None:
    with pytest.raises(ContentError):
        xml.parse(data, "export.xml")


# ---------------------------------------------------------------- front matter


@pytest.mark.parametrize(
    ("text", "values", "body", "line"),
    [
        ("---\na: no\nb: 012\n---\nx", {"a": "no", "b": "012"}, "x", 5),
        ("\ufeff---\na: &x [1]\nb: *x\n...\nx", {"a": ["1"], "b": ["1"]}, "x", 5),
        ("---\na: {<<: {b: 1, c: 2}, b: 3}\n---\n", {"a": {"b": "3", "c": "2"}}, "", 4),
        (
            "---\na: ~\nb: '~'\nc: 2012-03-21\n---\n",
            {"a": None, "b": "~", "c": "2012-03-21"},
            "",
            6,
        ),
        (
            "+++\na = 2012-03-21T10:00:00Z\nb = true\n+++\nx",
            {"a": "2012-03-21T10:00:00+00:00", "b": True},
            "x",
            5,
        ),
        ('{"a": [1, "b"]}\nx', {"a": [1, "b"]}, "\nx", 1),
        ("no front matter", {}, "no front matter", 1),
    ],
)
def test_front_matter_of_other_generators(
    text: str, values: dict[str, object], body: str, line: int
) -> None:
    found = matter.split(text, "a.md")
    assert (found.values, found.body, found.line) == (values, body, line)


def test_keys_that_are_there_twice_are_told() -> None:
    found = matter.split("---\na: 1\nb: 2\na: 3\n---\n", "a.md")
    assert found.values == {"a": "3", "b": "2"}
    assert [str(problem.location) for problem in found.problems] == ["a.md:4"]


@pytest.mark.parametrize(
    "front",
    [
        "a: &a [*a]",
        "a: &a [1,1,1,1,1,1,1,1,1]\n"
        + "\n".join(
            f"{c}: &{c} [{','.join(['*' + p] * 9)}]"
            for p, c in zip("abcdef", "bcdefg", strict=True)
        ),
        "[" * 5000,
        "a: 'x",
        "a: b: c",
        "- a",
    ],
)
def test_yaml_that_grows_or_is_broken_is_refused(front: str) -> None:
    with pytest.raises(ContentError, match=r"a\.md"):
        matter.split(f"---\n{front}\n---\n", "a.md")


def test_a_tag_builds_nothing() -> None:
    found = matter.split("---\na: !!python/object/apply:os.system [ls]\n---\n", "a.md")
    assert found.values == {"a": ["ls"]}
