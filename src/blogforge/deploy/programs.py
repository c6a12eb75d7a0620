"""Programs of the system that deployments are made with: git, rsync."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

from blogforge.deploy.refusals import Remedy, explained
from blogforge.deploy.secrets import redacted
from blogforge.errors import MachineError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LAST_LINES = 3
# What ssh says, whichever program calls it.
OF_SSH = (
    Remedy(
        "Host key verification failed|No .* host key is known",
        "the host is not known to ssh yet",
        "connect once by hand (ssh HOST), compare its fingerprint, and deploy again",
    ),
    Remedy(
        r"REMOTE HOST IDENTIFICATION HAS CHANGED",
        "the host is not the one that ssh knows by this name",
        "ask its owner; where that is as it should be: ssh-keygen -R HOST",
    ),
    Remedy(
        r"Permission denied \(|publickey|Authentication failed|could not read Username"
        r"|terminal prompts disabled|403",
        "it does not let you in",
        "add your key to it and to the agent (ssh-add), or set up git's credential helper",
    ),
    Remedy(
        "Could not resolve host|Name or service not known|Temporary failure in name resolution"
        "|Connection refused|Connection timed out|Network is unreachable|No route to host",
        "the host cannot be reached",
        "look at its name in blogforge.yaml and at the network; deploy again",
    ),
)


def program(name: str) -> str:
    """The path of a program. Raises MachineError where it is not installed."""
    if path := shutil.which(name):
        return path
    hint = f"install it: apt-get install {name}, brew install {name}"
    raise MachineError.of(f"{name} is not installed", hint=hint)


def run(
    command: Sequence[str],
    place: str,
    remedies: Sequence[Remedy],
    given: bytes = b"",
    environment: Mapping[str, str] | None = None,
) -> bytes:
    """What a command prints; `given` is its standard input, `environment` ours unless told.

    Raises DeployError, which names `place`, where it fails.
    """
    done = subprocess.run(
        [*command],
        input=given,
        capture_output=True,
        check=False,
        env=environment,
    )
    if done.returncode:
        text = redacted(done.stderr.decode(errors="replace")).strip()
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        said = "; ".join(lines[-_LAST_LINES:]) or f"exit status {done.returncode}"
        raise explained(place, text, said, remedies)
    return done.stdout
