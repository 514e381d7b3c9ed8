"""Lines of scrap: what an engine makes of shading, pictures and rules, "oe ee oo ae", where no word was printed."""

from collections.abc import Sequence

from normalize.decoding.decoder import Piece

_LONGEST = 4  # letters: scrap comes in short runs, names and foreign words are longer
_LEAST = 2  # runs
_UNREAD = 0.7  # of the runs with letters: no reading was found for them


def _is_long(run: str) -> bool:
    return len(run) > _LONGEST and sum(map(str.isalpha, run)) > _LONGEST


def is_scrap_line(raw: str, pieces: Sequence[Piece]) -> bool:
    """Whether a line that a decoder read, with nothing on it settled by a grammar, is scrap.

    >>> unread = [Piece(0, 2, "oe", 0.0, False), Piece(3, 5, "ee", 0.0, False), Piece(6, 8, "ae", 0.0, False)]
    >>> is_scrap_line("oe ee ae", unread), is_scrap_line("Krong Ana", [Piece(0, 5, "Krong", 0.0, False)])
    (True, False)
    """
    runs = raw.split()
    if len(runs) < _LEAST or any(map(_is_long, runs)):
        return False
    words = [piece for piece in pieces if any(c.isalpha() for c in raw[piece.start : piece.end])]
    unread = sum(not piece.known or not piece.text for piece in words)
    return len(words) >= _LEAST and unread >= _UNREAD * len(words)
