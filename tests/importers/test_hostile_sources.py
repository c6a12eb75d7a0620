"""Sources that mean harm: refused or harmless, told by name, and nothing is written outside."""

from __future__ import annotations

import io
import json
import os
import shutil
import stat
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from blogforge.errors import ContentError
from blogforge.importers import archives
from tests.commands import Outcome, run
from tests.fetching.test_fetching import answer, serving

if TYPE_CHECKING:
    from http.server import BaseHTTPRequestHandler

SECRET = "root:x:0:0:the-secret-of-this-machine"
Lay = Callable[[Path], str]  # lays out a source in a folder; returns its name there


def tree(folder: Path) -> dict[str, bytes | str]:
    """Everything below a folder: links as where they lead to."""
    found: dict[str, bytes | str] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = str(path.readlink())
        elif path.is_file():
            found[name] = path.read_bytes()
    return found


class Jail:
    """A folder with a secret beside the source and the site; nothing but the site may change."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.source = folder / "source"
        self.site = folder / "site"
        self.source.mkdir()
        (folder / "secret.txt").write_text(SECRET, encoding="utf-8")
        (folder / "secret.md").write_text(f"---\ntitle: Secret\n---\n{SECRET}", encoding="utf-8")
        (folder / "secret.png").write_text(SECRET, encoding="utf-8")

    def imported(self, form: str, name: str, *options: str) -> Outcome:
        """What the import says; that nothing is written outside, and nothing secret inside."""
        before = self._outside()
        done = run(self.folder, "import", form, name, "--into", "site", *options)
        assert done.status in {0, 1, 2}, done
        assert "Traceback" not in done.err
        assert self._outside() == before
        written = str(tree(self.site)) if self.site.exists() else ""
        assert SECRET not in written + done.out + done.err
        return done

    def _outside(self) -> dict[str, bytes | str]:
        return {k: v for k, v in tree(self.folder).items() if not k.startswith("site/")}

    def hurry(self) -> None:
        """Begin the site, and give no body of it more than a part of a second."""
        self.site.mkdir()
        text = "title: T\nurl: https://t.example/\nmarkdown: {seconds: 0.3}\n"
        (self.site / "blogforge.yaml").write_text(text, encoding="utf-8")

    def posts(self) -> str:
        """Everything that was written of posts and pages."""
        files = sorted(self.site.rglob("*.md"))
        return "\n".join(file.read_text(encoding="utf-8") for file in files)


@pytest.fixture
def jail(tmp_path: Path) -> Jail:
    return Jail(tmp_path)


# ---------------------------------------------------------------- XML

LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "lol">' for n in range(10)
)
DECLARATIONS = {
    "a billion laughs": (f"<!DOCTYPE rss [{LAUGHS}]>", "&l9;"),
    "a quadratic blowup": (f'<!DOCTYPE rss [<!ENTITY a "{"a" * 50_000}">]>', "&a;" * 5_000),
    "an external entity": ('<!DOCTYPE rss [<!ENTITY x SYSTEM "../secret.txt">]>', "&x;"),
    "an entity by address": ('<!DOCTYPE rss [<!ENTITY x SYSTEM "http://127.0.0.1:9/">]>', "&x;"),
    "a parameter entity": (
        '<!DOCTYPE rss [<!ENTITY % p SYSTEM "../secret.txt"><!ENTITY y "%p;">]>',
        "&y;",
    ),
    "a document type elsewhere": ('<!DOCTYPE rss SYSTEM "../secret.txt">', "&x;"),
    "lower case": ('<!doctype rss [<!entity x SYSTEM "../secret.txt">]>', "&x;"),
    "an inclusion": (
        "",
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" '
        'href="../secret.txt"/>',
    ),
    "a style sheet": ('<?xml-stylesheet type="text/xsl" href="../secret.txt"?>', "x"),
}


@pytest.mark.parametrize("form", ["wordpress", "feed"])
@pytest.mark.parametrize("case", DECLARATIONS)
def test_xml_reads_and_grows_nothing(jail: Jail, form: str, case: str) -> None:
    declaration, text = DECLARATIONS[case]
    (jail.source / "x.xml").write_text(
        f'<?xml version="1.0"?>\n{declaration}\n'
        '<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>T</title>'
        f"<wp:wxr_version>1.2</wp:wxr_version><item><title>A{text}</title><link>http://x.example/a"
        "</link></item></channel></rss>",
        encoding="utf-8",
    )
    done = jail.imported(form, "source/x.xml")
    if "ENTITY" in declaration.upper():
        assert done.status == 1
        assert "document type or entity is declared" in done.err
        assert "x.xml:2" in done.err


REPEATED = ["<!--", "<![CDATA[", "& ", "<!DOCTYP", "<?xml ", "<!---->", "&#1; ", "\x01", "<link "]


@pytest.mark.parametrize("form", ["wordpress", "feed"])
@pytest.mark.parametrize("text", REPEATED)
@pytest.mark.parametrize(
    "begins", ["", '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>']
)
def test_what_is_said_again_and_again_comes_to_an_end(
    jail: Jail, form: str, text: str, begins: str
) -> None:
    (jail.source / "x.xml").write_text(begins + text * 50_000, encoding="utf-8")
    done = jail.imported(form, "source/x.xml")
    assert done.status == 1 or "the export is cut off" in done.out
    assert "x.xml" in done.err + done.out


@pytest.mark.parametrize("share", [0.3, 0.5, 0.7, 0.9, 0.99])
def test_an_export_that_was_cut_off_says_so(jail: Jail, share: float) -> None:
    whole = (Path(__file__).parent / "samples" / "wordpress.xml").read_bytes()
    part = whole[: int(len(whole) * share)]
    (jail.source / "x.xml").write_bytes(part)
    done = jail.imported("wordpress", "source/x.xml")
    assert "the export is cut off" in done.out
    unfinished = part.rfind(b"<item>") > part.rfind(b"</item>")
    assert unfinished is ("broken entr" in done.out)


@pytest.mark.parametrize("form", ["wordpress", "feed"])
def test_deep_xml_is_refused(jail: Jail, form: str) -> None:
    text = f"<rss><channel>{'<a>' * 200_000}{'</a>' * 200_000}</channel></rss>"
    (jail.source / "x.xml").write_text(text, encoding="utf-8")
    done = jail.imported(form, "source/x.xml")
    assert done.status == 1
    assert "x.xml" in done.err


# ---------------------------------------------------------------- front matter and JSON

YAML_BOMB = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)
)
MATTERS = {
    "a bomb of aliases": "---\n" + YAML_BOMB + "---\n",
    "an object": "---\ntitle: !!python/object/apply:os.system ['touch pwned']\n---\n",
    "a module": "---\ntitle: !!python/module:antigravity\n---\n",
    "a name": "---\ntitle: !!python/name:os.system\n---\n",
    "a recursive alias": "---\ntitle: T\na: &a [*a]\n---\n",
    "a nest": "---\ntitle: " + "[" * 5_000 + "]" * 5_000 + "\n---\n",
    "a nest of maps": "---\n" + "".join(" " * n + f"k{n}:\n" for n in range(500)) + "---\n",
    "TOML's nest": "+++\na = " + "[" * 100_000 + "]" * 100_000 + "\n+++\n",
    "TOML's number": "+++\ntitle = 'T'\nweight = " + "9" * 100_000 + "\n+++\n",
    "JSON's nest": '{"a": ' + "[" * 100_000 + "]" * 100_000 + "}\n",
    "JSON's number": '{"title": "T", "weight": ' + "9" * 100_000 + "}\n",
    "a merge": "---\ntitle: T\nb: &b {x: 1}\n<<: [*b, *b]\n---\n",
}
FOLDERS = {
    "hugo": "content/posts/a.md",
    "jekyll": "_posts/2012-03-21-a.md",
    "pelican": "content/a.md",
}


# An alarm that rings while hypothesis counts garbage is lost there, and rings again.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("form", FOLDERS)
@pytest.mark.parametrize("case", MATTERS)
def test_front_matter_builds_and_grows_nothing(jail: Jail, form: str, case: str) -> None:
    file = jail.source / FOLDERS[form]
    file.parent.mkdir(parents=True)
    file.write_text(f"{MATTERS[case]}The body.\n", encoding="utf-8")
    jail.hurry()
    done = jail.imported(form, "source", "--date", "2012-03-21")
    assert len(jail.posts()) < 300_000
    assert not list(jail.folder.rglob("pwned"))
    told = done.out + done.err
    assert file.name in told or "The body." in jail.posts(), told


NESTS = {
    "ghost": '{"db": [{"data": {"posts": %s}}]}',
    "feed": '{"items": %s}',
}


@pytest.mark.parametrize("form", NESTS)
@pytest.mark.parametrize("value", ["[" * 200_000, "[" * 200_000 + "]" * 200_000, "9" * 200_000])
def test_deep_and_huge_json_is_refused(jail: Jail, form: str, value: str) -> None:
    (jail.source / "x.json").write_text(NESTS[form] % value, encoding="utf-8")
    done = jail.imported(form, "source/x.json")
    assert done.status == 1
    assert "x.json" in done.err


# ---------------------------------------------------------------- archives


def zipped(*entries: tuple[str, bytes | str], links: tuple[str, ...] = ()) -> bytes:
    """An archive of these entries; the content of `links` is where they lead."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            info = zipfile.ZipInfo(name)
            info.external_attr = (stat.S_IFLNK if name in links else stat.S_IFREG) << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return held.getvalue()


def tarred(*members: tuple[str, bytes, dict[str, Any]]) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as archive:
        for name, content, fields in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            for key, value in fields.items():
                setattr(info, key, value)
            archive.addfile(info, io.BytesIO(content))
    return held.getvalue()


POST = b"---\ntitle: A post\ndate: 2012-03-21\n---\nIts body.\n"
CLIMBING = ["../out.md", "a/../../out.md", "/tmp/out.md", "..\\out.md", "C:\\out.md", "C:out.md",
            "\\\\host\\share\\out.md", "content/" + "x" * 300 + ".md"]  # fmt: skip


@pytest.mark.parametrize("name", CLIMBING)
def test_an_archive_that_climbs_out_is_refused(jail: Jail, name: str) -> None:
    (jail.source / "x.zip").write_bytes(zipped(("content/a.md", POST), (name, b"out")))
    (jail.source / "x.tar.gz").write_bytes(tarred(("content/a.md", POST, {}), (name, b"out", {})))
    for archive in ("x.zip", "x.tar.gz"):
        done = jail.imported("hugo", f"source/{archive}")
        assert done.status == 1
        assert f"{archive}: the archive's entry" in done.err
        assert "nothing was imported" in done.err
    assert not jail.site.exists()


SPECIAL: dict[str, dict[str, Any]] = {
    "a symbolic link": {"type": tarfile.SYMTYPE, "linkname": "../../secret.txt"},
    "a link to a folder": {"type": tarfile.SYMTYPE, "linkname": "../.."},
    "a hard link": {"type": tarfile.LNKTYPE, "linkname": "../../secret.txt"},
    "a device": {"type": tarfile.CHRTYPE, "devmajor": 1, "devminor": 5},
    "a pipe": {"type": tarfile.FIFOTYPE},
}


@pytest.mark.parametrize("case", SPECIAL)
def test_an_archive_makes_files_only(jail: Jail, case: str) -> None:
    (jail.source / "x.tar.gz").write_bytes(
        tarred(
            ("content/posts/a.md", POST, {}),
            ("content/posts/bad.md", b"", SPECIAL[case]),
            ("content/posts/bad.md/through.md", POST, {}),
        )
    )
    done = jail.imported("hugo", "source/x.tar.gz")
    assert "content/posts/bad.md" in done.out + done.err


def test_links_in_zips_are_left_out(jail: Jail) -> None:
    (jail.source / "x.zip").write_bytes(
        zipped(
            ("content/posts/a.md", POST),
            ("content/l.md", "../../secret.md"),
            links=("content/l.md",),
        )
    )
    done = jail.imported("hugo", "source/x.zip")
    assert "content/l.md" in done.out + done.err
    assert "Its body." in jail.posts()


def test_names_that_differ_in_case_are_told(jail: Jail) -> None:
    other = POST.replace(b"Its body", b"The other")
    (jail.source / "x.zip").write_bytes(
        zipped(("content/posts/a.md", POST), ("content/posts/A.md", other))
    )
    done = jail.imported("hugo", "source/x.zip")
    assert "The other" in jail.posts() or "content/posts/A.md" in done.out


def test_an_archive_has_a_bound(jail: Jail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "_MOST_ENTRIES", 50)
    many = zipped(*((f"content/{number}.md", POST) for number in range(60)))
    (jail.source / "many.zip").write_bytes(many)
    assert "more than 50 entries" in jail.imported("hugo", "source/many.zip").err
    (jail.folder / "out").mkdir()
    bomb = jail.source / "bomb.zip"
    bomb.write_bytes(zipped(("content/a.md", bytes(3_000_000))))  # 3 kB
    with pytest.raises(ContentError, match="too large"):
        archives.unpack(bomb, jail.folder / "out", most_bytes=1_000_000)


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"PK\x05\x06" + bytes(18), b"\x1f\x8b", b"x" * 99]
)
@pytest.mark.parametrize("name", ["x.zip", "x.tar.gz", "x.tar", "x.tar.xz"])
def test_a_broken_archive_is_told(jail: Jail, name: str, data: bytes) -> None:
    (jail.source / name).write_bytes(data)
    done = jail.imported("hugo", f"source/{name}")
    assert done.status == 1 or "0 found" in done.out


def test_an_archive_in_an_archive_stays_closed(jail: Jail) -> None:
    inner = zipped(("../../out.md", b"out"))
    (jail.source / "x.zip").write_bytes(zipped(("content/a.md", POST), ("content/b.zip", inner)))
    assert jail.imported("hugo", "source/x.zip").status == 0


# ---------------------------------------------------------------- paths

PATHS = ["../../secret.png", "/etc/passwd", "../../../secret.png", "file:///etc/passwd",
         "..%2f..%2fsecret.png", "a/../../../secret.png", "\\..\\..\\secret.png"]  # fmt: skip


@pytest.mark.parametrize("form", FOLDERS)
@pytest.mark.parametrize("path", PATHS)
def test_what_a_post_names_is_taken_from_its_source_only(jail: Jail, form: str, path: str) -> None:
    file = jail.source / FOLDERS[form]
    file.parent.mkdir(parents=True)
    file.write_text(
        f"---\ntitle: T\ndate: 2012-03-21\nslug: '{path}'\nimage: '{path}'\nurl: '{path}'\n"
        f"permalink: '{path}'\nsave_as: '{path}'\naliases: ['{path}']\nredirect_from: '{path}'\n"
        f"cover: '{path}'\nlang: '{path}'\ncategory: '{path}'\nresources: [{{src: '{path}'}}]\n"
        f"layout: '{path}'\ntranslationKey: '{path}'\n---\n"
        f'![a]({path}) [b]({path}) <img src="{path}"> ![c]({{static}}{path}) '
        f'![d]({{attach}}{path}) {{{{< readfile "{path}" >}}}} {{% include {path} %}} '
        f'{{{{< figure src="{path}" >}}}} {{{{< ref "{path}" >}}}} {{% link {path} %}} '
        f"{{% include_relative {path} %}} ![e]({{filename}}{path})\n",
        encoding="utf-8",
    )
    jail.imported(form, "source")
    names = [name for name in tree(jail.site) if not name.startswith(".blogforge")]
    assert all(
        name.startswith(("posts/2012-03-21", "pages/", "blogforge", ".git", "authors"))
        for name in names
    ), names


LEADING_OUT = {"hugo": "content/posts", "jekyll": "_posts", "pelican": "content", "text": "."}


@pytest.mark.parametrize("form", LEADING_OUT)
def test_links_that_lead_out_of_the_folder_are_not_followed(jail: Jail, form: str) -> None:
    folder = jail.source / LEADING_OUT[form]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "2012-03-21-out.md").symlink_to(jail.folder / "secret.md")
    (folder / "out.txt").symlink_to(jail.folder / "secret.txt")
    (folder / "up").symlink_to(jail.folder, target_is_directory=True)
    (folder / "round").symlink_to(folder, target_is_directory=True)
    (folder / "gone.md").symlink_to(jail.folder / "nothing.md")
    os.mkfifo(folder / "pipe.md")
    (folder / "2012-03-22-a.md").write_bytes(POST)
    (folder / "a.txt").write_bytes(b"A title\n\nIts body.\n")
    jail.imported(form, "source")
    assert jail.posts().count("Its body.") == 1


NAMES = ["a\nb.md", "CON.md", "nul.md", "x" * 240 + ".md", "a:b.md", "-rf.md", "%00.md",
         "'`$(x).md", "\u202egnp.md", "\u200b.md", "..md", "A.MD", "b .md", "<b>.md"]  # fmt: skip


@pytest.mark.parametrize("form", FOLDERS)
def test_odd_names_of_files_are_no_matter(jail: Jail, form: str) -> None:
    folder = (jail.source / FOLDERS[form]).parent
    folder.mkdir(parents=True)
    for number, name in enumerate(NAMES):
        before = "2012-03-21-" if form == "jekyll" else ""
        text = f"---\ntitle: T{number}\ndate: 2012-03-21\n---\nBody {number}.\n"
        (folder / f"{before}{name}").write_text(text, encoding="utf-8")
    (folder / os.fsdecode(b"bad\xff.md")).write_bytes(POST)
    done = jail.imported(form, "source")
    assert done.status == 0, done.err
    written = tree(jail.site)
    assert all(name.isprintable() for name in written)
    assert all(len(part.encode()) < 256 for name in written for part in name.split("/"))
    found = jail.posts()
    lost = [name for number, name in enumerate(NAMES) if f"Body {number}." not in found]
    assert all(repr(name)[1:-4] in done.out or name in done.out for name in lost), (lost, done.out)


def test_the_settings_of_pelican_are_never_run(jail: Jail) -> None:
    conf = "import os\nos.system('touch pwned')\nSITENAME = open('pwned', 'w').name\nAUTHOR = 'A'\n"
    (jail.source / "pelicanconf.py").write_text(conf, encoding="utf-8")
    (jail.source / "content").mkdir()
    (jail.source / "content" / "a.md").write_text("Title: A\nDate: 2012-03-21\n\nBody.\n")
    jail.imported("pelican", "source")
    assert not list(jail.folder.rglob("pwned"))


def test_what_is_included_by_rst_is_not(jail: Jail) -> None:
    pytest.importorskip("docutils")
    (jail.source / "content").mkdir()
    (jail.source / "content" / "a.rst").write_text(
        "A\n#\n:date: 2012-03-21\n\n.. include:: ../../secret.txt\n\n"
        ".. raw:: html\n   :file: ../../secret.txt\n\n"
        ".. csv-table::\n   :file: ../../secret.txt\n\n"
        ".. literalinclude:: ../../secret.txt\n\n.. code::\n   :include: ../../secret.txt\n",
        encoding="utf-8",
    )
    jail.imported("pelican", "source")


# ---------------------------------------------------------------- addresses

INWARD = ["127.0.0.1", "localhost", "localhost.", "127.1", "0x7f.1", "2130706433", "0177.0.0.1",
          "[::1]", "[::ffff:127.0.0.1]", "0", "ⓛocalhost", "127。0。0。1"]  # fmt: skip


def test_pictures_are_not_fetched_from_inside(jail: Jail) -> None:
    asked: list[str] = []

    def respond(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.path)
        answer(handler, body=SECRET.encode(), Content_Type="image/png")

    with serving(respond) as url:
        port = url.rpartition(":")[2]
        hosts = [f"http://{host}:{port}" for host in INWARD]
        for number, host in enumerate(hosts):
            entry = {"id": "1", "url": f"{host}/a", "title": "A", "image": f"{host}/cover.png",
                     "content_html": f"<p>Text.</p><img src='{host}/{number}.png'>",
                     "attachments": [{"url": f"{host}/x.mp3", "mime_type": "audio/mpeg"}],
                     "date_published": "2012-03-21"}  # fmt: skip
            feed = {"home_page_url": host, "items": [entry]}
            (jail.source / f"{number}.json").write_text(json.dumps(feed), encoding="utf-8")
            done = jail.imported("feed", f"source/{number}.json", "--media")
            assert done.status == 0
            assert "x.mp3" in done.out
            shutil.rmtree(jail.site)
    assert not asked
