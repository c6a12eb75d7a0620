"""Images: what documents say of them, and what their files are."""

from __future__ import annotations

from blogforge.value import Value


class Image(Value, frozen=True, kw_only=True):
    """A picture and what is said of it. `src` as the author wrote it, or a URL once resolved."""

    src: str  #: hand it to `picture()`
    alt: str = ""  #: for those who cannot see it
    caption: str = ""  #: what is said under it
    credit: str = ""  #: who made it


class Rendition(Value, frozen=True, kw_only=True):
    """A picture in another width or format: `jpeg`, `png`, `webp` or `avif`, of 100 `quality`."""

    url: str  #: for a `src`
    width: int  #: in pixels
    height: int  #: in pixels
    format: str  #: jpeg, png, webp or avif
    quality: int  #: of 100


class SourceSet(Value, frozen=True, kw_only=True):
    """The renditions of a picture in one format, as `<source>` names them."""

    type: str  #: the MIME type
    srcset: str  #: as HTML has it


class Shared(Value, frozen=True, kw_only=True):
    """A picture as feeds and other sites show it: in a common format, and not too large."""

    src: str  #: its URL
    width: int  #: in pixels
    height: int  #: in pixels


class Picture(Value, frozen=True, kw_only=True):
    """A raster image or drawing that the site shows, as its bytes are.

    `name`: of its file, `posts/boat.jpg` or `static:img/boat.jpg`; `digest`: of its bytes. `width`
    and `height`: in pixels, upright. `color`: what it is on the whole, `#8a7f70`; empty where
    something shines through. `shared`: the rendition for whoever may know only common formats and
    need not have all pixels; None: the picture itself does.
    """

    name: str  #: of its file
    digest: str  #: of its bytes
    url: str  #: of the file itself
    width: int  #: in pixels
    height: int  #: in pixels
    color: str = ""  #: on the whole, `#8a7f70`; may be empty
    shared: Rendition | None = None  #: for who may know only common formats
    renditions: tuple[Rendition, ...] = ()  #: its other widths and formats

    @property
    def src(self) -> str:
        """The URL for feeds, other sites and browsers that read no `srcset`."""
        return self.shared.url if self.shared else self.url

    @property
    def for_others(self) -> Shared:
        """What feeds and other sites are told of it."""
        shown = self.shared or self
        return Shared(src=shown.url, width=shown.width, height=shown.height)

    @property
    def sources(self) -> tuple[SourceSet, ...]:
        """What browsers choose from, the format that they should take first before the others."""
        formats = dict.fromkeys(rendition.format for rendition in self.renditions)
        return tuple(
            SourceSet(
                type=f"image/{name}",
                srcset=", ".join(
                    f"{r.url} {r.width}w" for r in self.renditions if r.format == name
                ),
            )
            for name in formats
        )
