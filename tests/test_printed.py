import pytest

from mmbook.printed import MOST_CHARACTERS, MOST_LINES, Printed


@pytest.fixture
def pieces():
    return []


@pytest.fixture
def printed(pieces):
    return Printed(lambda stream, text: pieces.append((stream, text)))


def text(pieces, stream="stdout"):
    return "".join(text for name, text in pieces if name == stream)


def test_first_lines_come_before_the_end(printed, pieces):
    print("one", file=printed.stdout)
    print("two", file=printed.stdout)
    assert text(pieces) == "one\ntwo\n"


def test_text_without_a_newline_comes_at_the_end(printed, pieces):
    printed.stdout.write("one")
    printed.close()
    assert text(pieces) == "one"


def test_streams_keep_their_order(printed, pieces):
    printed.stdout.write("a")
    printed.stderr.write("b")
    printed.stdout.write("c")
    printed.close()
    assert pieces == [("stdout", "a"), ("stderr", "b"), ("stdout", "c")]


def test_many_lines_come_in_few_pieces(printed, pieces):
    for number in range(MOST_LINES):
        print(number, file=printed.stdout)
    printed.close()
    assert len(pieces) < 100
    assert text(pieces) == "".join(f"{number}\n" for number in range(MOST_LINES))
    assert text(pieces, "note") == ""


def test_lines_past_the_limit_are_counted(printed, pieces):
    for number in range(MOST_LINES + 7):
        print(number, file=printed.stdout)
    printed.close()
    assert text(pieces).count("\n") == MOST_LINES
    assert (
        text(pieces, "note") == "… output cut here, after 2,000 lines; 7 more lines were dropped.\n"
    )


def test_one_piece_with_too_many_lines_is_cut(printed, pieces):
    printed.stdout.write("x\n" * (MOST_LINES + 1))
    printed.close()
    assert text(pieces) == "x\n" * MOST_LINES
    assert "1 more line was" in text(pieces, "note")


def test_characters_past_the_limit_are_dropped(printed, pieces):
    printed.stdout.write("x" * MOST_CHARACTERS)
    printed.stderr.write("yz\n")
    printed.close()
    assert text(pieces) == "x" * MOST_CHARACTERS
    assert text(pieces, "stderr") == ""
    assert "200,000 characters" in text(pieces, "note")


def test_both_streams_share_the_limit(printed, pieces):
    for _ in range(MOST_LINES):
        printed.stdout.write("out\n")
    printed.stderr.write("err\n")
    printed.close()
    assert text(pieces, "stderr") == ""


def test_only_text_can_be_written(printed):
    with pytest.raises(TypeError, match="must be str, not bytes"):
        printed.stdout.write(b"bytes")
