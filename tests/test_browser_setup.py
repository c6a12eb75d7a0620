"""tests/browser.py: a browser is found, or brought, or its absence is said once and clearly."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import browser

STARTS = "#!/bin/sh\necho Chromium 1.0\n"
Put = Callable[[str, str], Path]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="its commands are shell scripts")


@pytest.fixture
def put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Put:
    """A machine with no commands but the scripts that a test puts there, and no browser."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "none"))
    monkeypatch.delenv("CI", raising=False)

    def put(name: str, script: str) -> Path:
        path = folder / name
        path.write_text(script, encoding="utf-8")
        path.chmod(0o755)
        return path

    return put


def fails(*args: object) -> str:
    raise AssertionError(f"this must not run: {args}")


def test_a_browser_on_the_path_is_all_that_is_needed(
    put: Put, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    put("google-chrome", STARTS)
    path = put("chromium", STARTS)
    monkeypatch.setattr(browser, "run", fails)
    assert browser.find() == str(path)
    assert browser.main() == 0
    assert capfd.readouterr() == ("", "")


def test_a_browser_that_does_not_start_is_none(put: Put) -> None:
    put("chromium", "#!/bin/sh\necho this command needs the chromium snap\n")
    put("chromium-browser", "#!/bin/sh\nexit 1\n")
    assert browser.find() == ""
    path = put("google-chrome", "#!/bin/sh\necho Google Chrome 1.0\n")
    assert browser.find() == str(path)


@pytest.mark.parametrize(
    ("root", "apt", "names"),
    [
        (
            True,
            True,
            [
                ["apt-get update", "apt-get install chromium"],
                ["playwright install-deps", "playwright install chromium"],
            ],
        ),
        (False, True, [["playwright install chromium"]]),
        (True, False, [["playwright install chromium"]]),
    ],
)
def test_debian_is_asked_by_root_and_playwright_by_all(
    root: bool, apt: bool, names: list[list[str]]
) -> None:
    ways = browser.ways(root=root, apt=apt)
    assert [[step.name for step in way] for way in ways] == names


def test_debian_brings_a_browser(
    put: Put, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(browser, "is_root", lambda: True)
    log = put("log", "")
    chromium = log.parent / "chromium"
    put(
        "apt-get",
        f'#!/bin/sh\necho "$DEBIAN_FRONTEND $*" >> {log}\necho much noise\n'
        f'case "$*" in *install*)\n  printf "#!/bin/sh\\necho Chromium 1.0\\n" > {chromium}\n'
        f"  /bin/chmod +x {chromium};;\nesac\n",
    )
    assert browser.main() == 0
    assert browser.find() == str(chromium)
    update, install = log.read_text(encoding="utf-8").splitlines()
    assert update.startswith("noninteractive ")
    assert update.endswith(" update")
    assert install.endswith(" install -y --no-install-recommends chromium")
    assert "noise" not in "".join(capfd.readouterr())


@pytest.mark.parametrize(("ci", "status"), [("", 0), ("false", 0), ("true", 1), ("1", 1)])
def test_without_a_browser_one_line_says_why(
    put: Put,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    ci: str,
    status: int,
) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(browser, "is_root", lambda: True)
    monkeypatch.setattr(browser, "_PLAYWRIGHT", ("playwright-of-nobody",))
    put("apt-get", "#!/bin/sh\necho W: something\necho E: Unable to fetch\nexit 100\n")
    assert browser.main() == status
    said = capfd.readouterr().err
    assert said.count("\n") == 1
    assert "apt-get update: E: Unable to fetch; playwright install-deps: No such file" in said
    assert ("CI requires one" if status else "skipped") in said


def test_what_was_brought_must_run(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "is_root", lambda: False)
    monkeypatch.setattr(browser, "_PLAYWRIGHT", (str(put("playwright", "#!/bin/sh\nexit 0\n")),))
    assert browser.bring() == ["playwright install chromium: brought none that runs"]


def test_patience_ends_for_a_command_and_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "_GRACE", 0.2)
    alive = tmp_path / "alive"
    stubborn = f"trap '' TERM; (sleep 1.5; touch {alive}) & while :; do sleep 0.1; done"
    assert browser.run(("/bin/sh", "-c", stubborn), 0.2) == "not done after 0 s"
    time.sleep(1.5)
    assert not alive.exists()


def test_a_command_fails_with_its_last_line_or_its_status() -> None:
    assert browser.run(("/bin/sh", "-c", "echo one; echo two >&2; exit 3"), 10) == "two"
    assert browser.run(("/bin/sh", "-c", "exit 3"), 10) == "exit status 3"
    assert browser.run(("/bin/sh", "-c", "echo fine"), 10) == ""
    assert browser.run((os.devnull,), 10) == "Permission denied"
