"""The table of keys: the page that prints it says the same as the viewer's source."""

from __future__ import annotations

from pathlib import Path

from mmbook.keymap import Section, sections

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "keyboard.md"


def test_the_page_holds_every_section_as_it_is() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for section in sections():
        assert section.markdown() in page, f"docs/reference/keyboard.md: {section.title}"


def test_the_page_holds_no_line_that_the_table_lacks() -> None:
    printed = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line[:1] == "|"]
    assert printed == [line for section in sections() for line in section.markdown().splitlines()]


def test_there_is_pointer_and_touch_before_the_keys() -> None:
    first, *keys = sections()
    assert isinstance(first, Section)
    assert first.title == "Pointer and touch"
    assert [section.title for section in keys] == [
        "The view",
        "Values",
        "While walking",
        "Animation",
    ]
