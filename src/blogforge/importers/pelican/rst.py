"""reStructuredText -> HTML and metadata, by docutils. It includes and runs nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from blogforge.errors import MachineError
from blogforge.importers.found import Note
from blogforge.value import Value

if TYPE_CHECKING:
    from docutils.nodes import Element, document

_SETTINGS: dict[str, Any] = {
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "_disable_config": True,
    "report_level": 2,
    "halt_level": 5,
    "warning_stream": False,
    "initial_header_level": 2,
    "embed_stylesheet": False,
    "stylesheet_path": None,
    "syntax_highlight": "none",
    "smart_quotes": False,
    "math_output": "LaTeX",
}


class Document(Value, frozen=True, kw_only=True):
    """A document: its metadata (keys in lower case) and its body in HTML.

    `notes`: what docutils does not know, which stays as text.
    """

    values: dict[str, str]
    body: str
    notes: tuple[Note, ...] = ()


def converted(content: str, path: str) -> Document:
    """A document in reStructuredText. Raises MachineError where docutils is not installed."""
    try:
        from docutils import core, io, nodes
        from docutils.parsers import null
        from docutils.readers import doctree
    except ImportError as error:
        hint = 'pip install "blogforge[import]"'
        raise MachineError.of("reading reStructuredText needs docutils", hint=hint) from error

    tree = core.publish_doctree(content, source_path=path, settings_overrides=_SETTINGS)
    messages = list(tree.findall(nodes.system_message))
    told = [(message["level"], _told(message)) for message in messages]
    notes = tuple(note for level, note in told if level > 1)
    values = _values(tree)
    parts = core.publish_parts(
        tree,
        reader=doctree.Reader(null.Parser()),
        source_class=io.DocTreeInput,
        writer="html5",
        settings_overrides=_SETTINGS,
    )
    return Document(values=values, body=str(parts["body"]), notes=notes)


def _told(message: Element) -> Note:
    """What docutils says of a place; the text that it quotes stays there, and nothing else."""
    from docutils import nodes

    quoted = [child for child in message.children if isinstance(child, nodes.literal_block)]
    words = next((child.astext() for child in message.children), "").split("\n")[0]
    message.parent.replace(message, quoted)
    return Note(what=f"reStructuredText: {words.rstrip('.')}", line=message.get("line", 0))


def _values(tree: document) -> dict[str, str]:
    """The title and the fields under it."""
    from docutils import nodes

    values = {"title": str(tree.get("title", ""))}
    for info in tree.findall(nodes.docinfo):
        for child in info.children:
            if isinstance(child, nodes.field):
                values[child.children[0].astext().lower()] = child.children[1].astext()
            elif isinstance(child, nodes.authors):
                values["authors"] = "; ".join(each.astext() for each in child.children)
            else:
                values[str(getattr(child, "tagname", ""))] = child.astext()
    return {key: " ".join(value.split()) for key, value in values.items() if value}
