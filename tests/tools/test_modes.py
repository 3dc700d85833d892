from __future__ import annotations

import pytest

from llmsh.errors import ToolFailed
from llmsh.tools.modes import mode_test


@pytest.mark.parametrize(
    ("permission", "passes", "fails"),
    [
        ("644", 0o644, 0o755),
        ("0644", 0o644, 0o4644),
        ("u+x", 0o744, 0o655),
        ("a+r", 0o444, 0o440),
        ("ug+w", 0o660, 0o640),
        ("+x", 0o001, 0o666),
        ("o-w", 0o775, 0o776),
        ("-x", 0o666, 0o676),
        ("g=r", 0o747, 0o767),
        ("o=", 0o770, 0o771),
        ("u+s", 0o4755, 0o755),
        ("+t", 0o1777, 0o777),
        ("u+x,o-r", 0o710, 0o714),
    ],
)
def test_a_mode_has_a_permission_or_not(permission: str, passes: int, fails: int) -> None:
    test = mode_test(permission)
    assert (test(0o100000 | passes), test(0o100000 | fails)) == (True, False)


def test_what_is_no_permission_is_named() -> None:
    with pytest.raises(ToolFailed, match="rw is not a permission"):
        mode_test("rw")
