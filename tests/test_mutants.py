import pytest

from tests.mutants import MUTANTS, REPOSITORY, Mutant, mutated


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_every_mutant_has_its_place(mutant: Mutant) -> None:
    source = REPOSITORY / "src" / "blogforge"
    text = mutated(mutant, source)
    compile(text, mutant.file, "exec")
    assert text != (source / mutant.file).read_text(encoding="utf-8")
