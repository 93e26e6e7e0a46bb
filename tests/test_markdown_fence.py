from __future__ import annotations

import re
from textwrap import dedent

from hypothesis import given
from hypothesis import strategies as st

from mmbook.markdown.fence import scan


def page(text: str) -> list[str]:
    return dedent(text).strip("\n").split("\n")


def test_kind_options_body_and_place_are_read() -> None:
    (fence,) = scan(
        page("""
        # Title

        ``` mm id="a" gap="10"
        A @ B

        A: eye(2)
        ```
        after
    """)
    )
    assert (fence.kind, fence.info) == ("mm", 'id="a" gap="10"')
    assert fence.body == "A @ B\n\nA: eye(2)"
    assert (fence.line, fence.end, fence.prefix) == (3, 7, "")


def test_other_fences_are_left_alone() -> None:
    assert (
        scan(
            page("""
        ```python
        mm = 1
        ```
        ```mmm
        A @ B
        ```
        ``` not an opening ` because of the tick
    """)
        )
        == []
    )


def test_a_fence_inside_a_longer_one_is_text() -> None:
    text = page("""
        ````markdown
        ```mm
        A @ B
        ```
        ````

        ~~~
        ```mm
        A @ B
        ```
        ~~~
    """)
    assert scan(text) == []


def test_a_longer_fence_may_hold_a_shorter_one() -> None:
    (fence,) = scan(
        page('''
        ````mm-cell
        text = """
        ```
        """
        ````
    ''')
    )
    assert fence.kind == "mm-cell"
    assert "```" in fence.body


def test_containers_indent_their_fences() -> None:
    text = page("""
        !!! note
            Words.

            ```mm
            A @ B
              C: 1
            ```

        1.  item

            === "tab"

                ```mm-cell
                1
                ```
    """)
    first, second = scan(text)
    assert first.body == "A @ B\n  C: 1"
    assert (first.prefix, second.prefix) == (" " * 4, " " * 8)


def test_indented_code_is_text() -> None:
    assert (
        scan(
            page("""
        Write it so:

            ```mm
            A @ B
            ```
    """)
        )
        == []
    )


def test_a_quoted_fence_is_read() -> None:
    (fence,) = scan(["> ```mm", "> A @ B", ">", "> A: eye(2)", "> ```"])
    assert fence.body == "A @ B\n\nA: eye(2)"


def test_a_fence_that_is_never_closed_says_so_and_takes_nothing_with_it() -> None:
    open_, closed = scan(["- item", "", "    ```mm", "    A @ B", "", "text", "```mm", "B", "```"])
    assert not open_.closed
    assert (open_.line, open_.end) == (3, 3)
    assert closed.body == "B"


@given(st.lists(st.text("`~> -\tm\n1.", max_size=12), max_size=12))
def test_fences_never_overlap_and_lie_in_the_page(parts: list[str]) -> None:
    lines = "\n".join(parts).split("\n")
    end = 0
    for fence in scan(lines):
        assert end < fence.line <= fence.end <= len(lines)
        assert re.search("```|~~~", lines[fence.line - 1])
        end = fence.end
