"""What may be done to a publication, for Hypothesis to choose from."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.exactness import material
from tests.exactness.desk import (
    Add,
    Configure,
    Delete,
    Edit,
    Hand,
    Picture,
    Place,
    Rename,
    Set,
    Swap,
    Write,
)

slots = st.sampled_from(material.SLOTS)
hands = st.sampled_from([*Hand])


def _any_of(edits: list[Edit]) -> st.SearchStrategy[Edit]:
    """One of so many edits that Hypothesis would not print them all."""

    @st.composite
    def edit(draw: st.DrawFn) -> Edit:
        return edits[draw(st.integers(0, len(edits) - 1))]

    return edit()


fields = _any_of(
    [
        Set(slot, key, value)
        for slot in material.SLOTS
        for key, values in material.FIELDS.items()
        for value in values
    ]
)
parts = st.lists(st.sampled_from(sorted(material.BODIES)), min_size=1, max_size=3, unique=True)
bodies = st.builds(Write, slots, parts.map(tuple))
posts = st.one_of(
    st.builds(Add, slots),
    st.builds(Delete, slots),
    st.builds(Rename, slots, st.sampled_from(material.NAMES)),
    st.builds(Swap, slots, slots),
    st.builds(Picture, slots, st.sampled_from((None, *material.IMAGES))),
)
places = _any_of([Place(path, text) for path, texts in material.FILES.items() for text in texts])
configurations = _any_of(
    [Configure(key, value) for key, values in material.SETTINGS.items() for value in values]
)
writing: st.SearchStrategy[Edit] = st.one_of(fields, bodies, posts)
housekeeping: st.SearchStrategy[Edit] = st.one_of(places, configurations)
anything: st.SearchStrategy[Edit] = st.one_of(fields, bodies, posts, places, configurations)
faults = _any_of(
    [
        *(Place(path, text) for path, text in material.FAULTY_FILES.items()),
        *(
            Set(slot, key, value)
            for slot in material.SLOTS
            for key, value in material.FAULTY_FIELDS.items()
        ),
    ]
)
