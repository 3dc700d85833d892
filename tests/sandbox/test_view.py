from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from llmsh.sandbox.view import Kind, Place, arranged

NAMES = st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=4).map(lambda parts: "/" + "/".join(parts))
PLACES = st.lists(st.builds(Place, NAMES, st.sampled_from(Kind)), max_size=12)


@given(PLACES)
def test_the_outer_comes_before_the_inner_and_each_path_once(places):
    paths = [place.path for place in arranged(places)]
    assert len(paths) == len(set(paths))
    for index, path in enumerate(paths):
        assert not any(path.startswith(later + "/") for later in paths[index + 1 :])


@given(PLACES)
def test_nothing_may_be_written_that_nobody_asked_to_write(places):
    def kind_of(path: str, order: list[Place]) -> Kind | None:
        around = [place for place in order if path == place.path or path.startswith(place.path + "/")]
        return around[-1].kind if around else None

    order = arranged(places)
    for place in places:
        kept_or_hidden = [item for item in places if item.path == place.path and item.kind >= Kind.KEEP]
        if kept_or_hidden:
            assert kind_of(place.path, order) in (None, Kind.KEEP, Kind.HIDE)


def test_what_is_merely_read_in_what_is_read_needs_no_mount_of_its_own():
    places = [Place("/usr/lib", Kind.READ), Place("/usr", Kind.READ), Place("/work", Kind.WRITE)]
    assert arranged([*places, Place("/work/in", Kind.READ), Place("/gone/key", Kind.HIDE)]) == [
        Place("/usr", Kind.READ), Place("/work", Kind.WRITE),
    ]  # fmt: skip
