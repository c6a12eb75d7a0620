"""What the pages of the theme ask browsers for, and the content security policy that says so."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

# Runs before a page is painted, so that nobody who chose the night sees the day first. Without
# script there is no attribute: what the system prefers holds, and there is no switch.
SCHEME = (
    '{let s="auto";try{s=localStorage.getItem("scheme")||s}catch{}'
    "document.documentElement.dataset.scheme=s}"
)


def source_of(script: str) -> str:
    """The source expression that lets an inline script run, and no other.

    Source: https://www.w3.org/TR/CSP3/#grammardef-hash-source.
    """
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


# Pages ask nobody else for anything but what an author puts into a body: pictures, players, embeds.
# No inline style is applied, and no inline script runs but the one above; JSON-LD is data.
POLICY = {
    "default-src": "'self'",
    "script-src": f"'self' {source_of(SCHEME)}",
    "style-src": "'self'",
    "img-src": "'self' data: https:",
    "media-src": "'self' https:",
    "frame-src": "https:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self' https:",
    "frame-ancestors": "'self'",
}


def policy(*, searching: bool = False) -> str:
    """The content security policy of every page, as its header has it.

    That of the search page, and of the worker that does the `searching`, lets WebAssembly run.
    """
    directives = dict(POLICY)
    if searching:
        directives["script-src"] += " 'wasm-unsafe-eval'"
    return "; ".join(f"{directive} {sources}" for directive, sources in directives.items())
