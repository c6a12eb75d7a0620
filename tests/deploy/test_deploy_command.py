"""`blogforge deploy` as an author types it."""

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from blogforge.deploy.git import Git
from tests.commands import Outcome, run
from tests.conftest import MakeSite
from tests.deploy.hosts import KEY, KEYS, SECRET, Bucket, GitHost
from tests.deploy.sites import files_in

CONFIG = "title: The Desk\nurl: https://desk.example/\n"
FOLDER = CONFIG + "deploy: {web: {folder: ../www}}\n"
POST = "---\ntitle: Grain\n---\n\nShips wait.\n"
DRAFT = "---\ntitle: Unpublished\nstatus: draft\n---\n\nNot yet.\n"
POSTS = {"posts/2026-01-01-grain.md": POST, "posts/2026-01-02-draft.md": DRAFT}


@pytest.fixture
def site(make_site: MakeSite) -> Path:
    return make_site(POSTS, FOLDER)


def deploy(site: Path, *arguments: str) -> Outcome:
    return run(site, "deploy", "--jobs", "1", *arguments)


def told(outcome: Outcome) -> dict[str, object]:
    report: dict[str, object] = json.loads(outcome.out)
    return report


def test_it_builds_and_sends(site: Path) -> None:
    done = deploy(site)
    assert (done.status, done.err) == (0, ""), done.err
    assert re.match(r"Sent \d+ files \(\d+\.\d kB\) to web: .*www in \d\.\d\d s\n", done.out)
    assert files_in(site.parent / "www") == files_in(site / "public")
    assert re.match(r"web is up to date: ", deploy(site).out)


def test_a_dry_run_names_every_file_and_touches_nothing_there(site: Path) -> None:
    done = deploy(site, "--dry-run")
    assert not (site.parent / "www").exists()
    named = set(re.findall(r"^    \+ (.+)$", done.out, re.MULTILINE))
    assert named == files_in(site / "public").keys()
    deploy(site)
    (site / "posts/2026-01-01-grain.md").unlink()
    before = files_in(site.parent / "www")
    done = deploy(site, "--dry-run")
    assert "    - 2026/01/01/grain/index.html" in done.out.splitlines()
    assert files_in(site.parent / "www") == before


def test_the_report_as_json(site: Path) -> None:
    report = told(deploy(site, "--json"))
    assert (report["target"], report["kind"], report["dry_run"]) == ("web", "folder", False)
    assert report["next_change_at"] is None
    assert {"name", "action", "paths", "size"} == {*report["parts"][0]}  # type: ignore[index]


def test_a_mistake_in_a_post_sends_nothing(site: Path) -> None:
    deploy(site)
    before = files_in(site.parent / "www")
    (site / "posts/2026-01-03-wrong.md").write_text("---\ntitel: Wrong\n---\n")
    done = deploy(site)
    assert done.status == 1
    assert "unknown key 'titel'" in done.err
    assert files_in(site.parent / "www") == before


# ---------------------------------------------------------------- which tree


def test_without_a_build_the_last_ones_tree_is_sent(site: Path) -> None:
    run(site, "build")
    (site / "posts/2026-01-04-later.md").write_text(POST.replace("Grain", "Later"))
    assert deploy(site, "--no-build").status == 0
    assert not (site.parent / "www/2026/01/04").exists()


def test_without_any_build_there_is_nothing_to_send(site: Path) -> None:
    done = deploy(site, "--no-build")
    assert done.status == 3
    assert "build again: leave out --no-build" in done.err


def test_drafts_do_not_get_out_by_an_old_build(site: Path) -> None:
    run(site, "build", "--drafts")
    done = deploy(site, "--no-build")
    assert done.status == 3
    assert "was built with --drafts" in done.err
    assert not (site.parent / "www").exists()
    assert deploy(site, "--no-build", "--drafts").status == 0
    assert (site.parent / "www/2026/01/02/draft/index.html").exists()


def test_what_is_still_to_come_does_not_get_out_by_an_old_build(site: Path) -> None:
    run(site, "build", "--now", "2200-01-01")
    assert "is to come" in deploy(site, "--no-build").err


def test_what_time_has_changed_does_not_stay_out_by_an_old_build(
    make_site: MakeSite,
) -> None:
    expiring = POST.replace("title: Grain", "title: Grain\nexpires: 2026-01-10")
    site = make_site({"posts/2026-01-01-grain.md": expiring}, FOLDER)
    run(site, "build", "--now", "2026-01-05")
    done = deploy(site, "--no-build", "--now", "2026-01-11")
    assert (done.status, "out of date since 2026-01-10 00:00" in done.err) == (3, True)
    assert deploy(site, "--no-build", "--now", "2026-01-06").status == 0


def test_the_folder_where_the_site_is_built_is_no_target(make_site: MakeSite) -> None:
    for folder in ("public", "public/web", "."):
        site = make_site(POSTS, f"{CONFIG}deploy: {{web: {{folder: ./{folder}}}}}\n")
        assert deploy(site).status == 2


def test_a_tree_that_somebody_has_touched_is_not_sent(site: Path) -> None:
    run(site, "build")
    (site / "public/index.html").write_text("half a page")
    done = deploy(site, "--no-build")
    assert done.status == 3
    assert "is not as the last build left it: index.html" in done.err


# ---------------------------------------------------------------- refusals


def test_a_site_that_shrank_is_refused_until_told(site: Path) -> None:
    for day in range(1, 21):
        (site / f"posts/2026-02-{day:02}-more.md").write_text(POST)
    deploy(site)
    for day in range(1, 21):
        (site / f"posts/2026-02-{day:02}-more.md").unlink()
    done = deploy(site)
    assert (done.status, "--allow-shrink" in done.err) == (2, True)
    assert (site.parent / "www/2026/02/01/more/index.html").exists()
    assert deploy(site, "--allow-shrink").status == 0
    assert files_in(site.parent / "www") == files_in(site / "public")


def test_a_folder_of_somebody_elses_is_refused_until_told(site: Path) -> None:
    (site.parent / "www").mkdir()
    (site.parent / "www/photo.jpg").write_bytes(b"theirs")
    done = deploy(site)
    assert (done.status, "photo.jpg" in done.err, "--overwrite" in done.err) == (2, True, True)
    assert deploy(site, "--overwrite").status == 0
    assert (site.parent / "www/photo.jpg").read_bytes() == b"theirs"
    assert "1 file of somebody else's there, left alone" in deploy(site).out


def test_without_targets_the_hint_says_what_to_write(make_site: MakeSite) -> None:
    done = deploy(make_site(POSTS))
    assert (done.status, "deploy: {production:" in done.err) == (2, True)


def test_of_several_targets_one_is_to_be_named(make_site: MakeSite) -> None:
    site = make_site(POSTS, CONFIG + "deploy: {web: {folder: a}, test: {folder: b}}\n")
    assert "name one of web, test" in deploy(site).err
    assert "did you mean 'test'" in deploy(site, "tets").err


@pytest.mark.parametrize(
    ("target", "complaint"),
    [
        ("{}", "must have one of folder, rsync, git, s3, and has none"),
        ("{folder: a, rsync: 'h:b'}", "has folder and rsync"),
        ("{rsync: '-oProxyCommand=x:/www'}", "is no folder that ssh reaches"),
        ("{rsync: 'me@host:-x'}", "is no folder that ssh reaches"),
        ("{rsync: 'me@host:/www; rm'}", "is no folder that ssh reaches"),
        ("{folder: .}", "write ../www, or its whole path"),
        ("{rsync: 'me@host:~'}", "must be a folder of its own"),
        ("{git: {remote: '--upload-pack=x'}}", "is no repository"),
        ("{git: {remote: 'ext::sh -c x'}}", "is no repository"),
        ("{git: {remote: 'git@h:a', branch: '-x'}}", "is no branch"),
        ("{git: {remote: 'git@h:a', branch: 'a..b'}}", "is no branch"),
        ("{git: {remote: 'git@h:a', cname: 'https://a.b'}}", "is no domain"),
        ("{s3: {bucket: 'a/b', region: x}}", "is no bucket"),
        ("{s3: {bucket: abc, prefix: '../x'}}", "must not have '.', '..'"),
    ],
)
def test_what_cannot_be_a_target_is_told(make_site: MakeSite, target: str, complaint: str) -> None:
    done = deploy(make_site(POSTS, f"{CONFIG}deploy: {{web: {target}}}\n"))
    assert done.status == 2
    assert complaint in done.err
    assert "blogforge.yaml:3:" in done.err


# ---------------------------------------------------------------- secrets

PASSWORD = "canary-of-a-password"


@pytest.mark.parametrize(
    "target",
    [
        f"{{git: {{remote: 'https://me:{PASSWORD}@git.example/site.git'}}}}",
        f"{{git: {{remote: 'https://{PASSWORD}@git.example/site.git'}}}}",
        f"{{git: 'https://me:{PASSWORD}@git.example/site.git'}}",
        f"{{s3: {{bucket: abc, endpoint: 'https://me:{PASSWORD}@s3.example'}}}}",
        f"{{s3: {{bucket: abc, secret_access_key: {PASSWORD}}}}}",
        f"{{rsync: 'me:{PASSWORD}@host:/www'}}",
    ],
)
def test_a_password_in_the_configuration_is_refused_and_not_repeated(
    make_site: MakeSite, target: str
) -> None:
    site = make_site(POSTS, f"{CONFIG}deploy: {{web: {target}}}\n")
    for arguments in (["--json"], []):
        done = run(site, "--debug", "deploy", *arguments)
        assert done.status == 2
        assert PASSWORD not in done.out + done.err


@pytest.mark.parametrize("what", ["nothing", "bucket", "keys", "endpoint"])
def test_keys_are_in_no_output_and_no_file(
    make_site: MakeSite, bucket: Bucket, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    s3 = bucket.settings.s3
    assert s3
    name = "missing-bucket" if what == "bucket" else s3.bucket
    endpoint = "http://127.0.0.1:1" if what == "endpoint" else s3.endpoint
    monkeypatch.setattr("blogforge.deploy.s3._RETRIES", {"max_retries": 0})
    if what == "keys":  # some hosts repeat them in what they answer
        message = f"<Code>SignatureDoesNotMatch</Code><Message>{KEY} {SECRET}</Message>"
        monkeypatch.setattr("obstore.get", refusing(message))
    target = f"{{bucket: {name}, endpoint: '{endpoint}', region: us-east-1}}"
    site = make_site(POSTS, f"{CONFIG}deploy: {{web: {{s3: {target}}}}}\n")
    done = run(site, "--debug", "deploy", "--jobs", "1")
    assert done.status == (0 if what == "nothing" else 4), done.err
    hints = {
        "nothing": "",
        "bucket": "make it in your host's console",
        "keys": "set AWS_ACCESS_KEY_ID",
        "endpoint": "look at the network",
    }
    assert hints[what] in done.err
    written = b"".join(path.read_bytes() for path in site.rglob("*") if path.is_file())
    for secret in (KEY, SECRET):
        assert secret not in done.out + done.err
        assert secret.encode() not in written


def refusing(message: str) -> object:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(message)

    return refuse


def test_without_keys_it_says_which(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in KEYS:
        monkeypatch.delenv(name)
    site = make_site(POSTS, CONFIG + "deploy: {web: {s3: {bucket: abc, region: eu-west-1}}}\n")
    done = deploy(site)
    assert (done.status, "set AWS_ACCESS_KEY_ID" in done.err) == (3, True)


# ---------------------------------------------------------------- what one target has of its own


def test_objects_have_their_types_and_may_be_kept_as_long_as_they_hold(
    make_site: MakeSite, bucket: Bucket
) -> None:
    post = POST.replace("title: Grain", "title: Grain\naliases: [/old.php]")
    posts = {"posts/2026-01-01-grain.md": post, "static/hand.css": "p {}"}
    site = make_site(posts, f"{CONFIG}deploy: {{web: {bucket.as_yaml()}}}\n")
    assert deploy(site).status == 0
    found = {}
    for path in bucket.listed():
        head = bucket.client.head_object(Bucket=bucket.name, Key=path)
        found[path] = (head["ContentType"], head["CacheControl"])
    page = ("text/html; charset=utf-8", "public, max-age=0, must-revalidate")
    assert found["index.html"] == found["404.html"] == found["old.php"] == page
    feed = ("application/rss+xml; charset=utf-8", "public, max-age=300, must-revalidate")
    assert found["feed.xml"] == feed
    forever = "public, max-age=31536000, immutable"
    (style,) = (about for path, about in found.items() if re.match(r"style\.\w+\.css", path))
    assert style == ("text/css; charset=utf-8", forever)
    assert found["favicon.svg"][0] == "image/svg+xml"
    assert found["sitemap.xml"][0].startswith("application/xml")
    cards = [about for path, about in found.items() if path.startswith("cards/")]
    assert cards
    assert set(cards) == {("image/png", forever)}


def test_what_is_written_down_at_a_target_names_no_post(
    make_site: MakeSite, bucket: Bucket
) -> None:
    unlisted = POST.replace("title: Grain", "title: Secretword\nstatus: unlisted")
    site = make_site(
        {"posts/2026-01-01-secretword.md": unlisted},
        f"{CONFIG}deploy: {{web: {bucket.as_yaml()}}}\n",
    )
    assert deploy(site).status == 0
    manifest = bucket.client.get_object(Bucket=bucket.name, Key=".blogforge")["Body"].read()
    assert "2026/01/01/secretword/index.html" in bucket.listed()
    assert len(manifest.splitlines()) > 10
    assert b"secretword" not in manifest
    assert b".html" not in manifest


def test_a_branch_is_what_github_pages_wants(make_site: MakeSite, tmp_path: Path) -> None:
    host = GitHost(tmp_path)
    git = host.settings.git
    assert git
    target = f"{{remote: '{git.remote}', cname: www.desk.example}}"
    site = make_site(POSTS, f"{CONFIG}deploy: {{web: {{git: {target}}}}}\n")
    assert deploy(site).status == 0
    first = host.tip()
    files = host.files()
    assert files.pop("CNAME") == b"www.desk.example\n"
    assert files == files_in(site / "public")
    assert deploy(site).status == 0
    assert host.tip() == first


def test_a_branch_that_moves_meanwhile_is_not_overwritten(
    make_site: MakeSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = GitHost(tmp_path)
    git = host.settings.git
    assert git
    site = make_site(POSTS, f"{CONFIG}deploy: {{web: {{git: {{remote: '{git.remote}'}}}}}}\n")
    deploy(site)
    (site / "posts/2026-01-05-more.md").write_text(POST)
    real = Git.carry_out

    def late(*arguments: object) -> None:
        host.add("rival.txt", b"theirs")
        real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Git, "carry_out", late)
    done = deploy(site)
    assert (done.status, "the branch has moved meanwhile" in done.err) == (4, True), done.err
    assert "rival.txt" in host.files()
    monkeypatch.undo()


def test_a_hub_is_told_of_feeds_that_changed(make_site: MakeSite) -> None:
    with hub() as (address, heard):
        config = f"{FOLDER}feeds: {{hub: [{address}, 'http://127.0.0.1:1/']}}\n"
        site = make_site(POSTS, config)
        done = deploy(site)
        assert (done.status, f"told {address}" in done.out) == (0, True)
        assert "warning: the hub http://127.0.0.1:1/ cannot be reached" in done.err
        assert deploy(site).status == 0
    (form,) = heard
    assert form["hub.mode"] == ["publish"]
    assert "https://desk.example/feed.xml" in form["hub.url"]


class _Hub:
    """A hub on this machine that remembers what it is told."""

    def __enter__(self) -> tuple[str, list[dict[str, list[str]]]]:
        heard: list[dict[str, list[str]]] = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                heard.append(parse_qs(body))
                self.send_response(204)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_port}/", heard

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()


hub = _Hub
