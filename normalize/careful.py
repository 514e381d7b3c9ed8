"""Repair of text that is right but for a word here and there: what may be read anew, and how likely a reading is right.

The Vietnamese model of an OCR engine errs seldom, and most of what looks odd in right text is right: names, foreign
words, abbreviations. So only lines with a word that is no word, or of a page that is worn, are read at all. How far a
reading is believed follows from how clear it is and from how many other words of its page clearly read otherwise: on a
page without a misreading a second look finds the author's own slips, on a worn one what the engine made of the print.
"""

import math
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache, lru_cache

from normalize.data import DATA
from normalize.decoding.decoder import Piece
from normalize.decoding.language_model import vocabulary
from normalize.letters import ToneStyle, has_strong_letter, in_style, is_syllable, plain, without_tone
from normalize.names.abbreviations import weights
from normalize.names.contexts import levels
from normalize.tokens import model_word, runs_of

_TABLE = DATA / "careful.toml"
_WORD = re.compile(r"[^\W_]+(?:['’‘`~^][^\W_]+)*")
_KEPT = ("foreign", "word", "index", "issuer", "instrument")
_WORN = 400  # words on a worn page for each odd one
_UNSEEN = (0.5, 50.0)  # misread words and words that a page is taken to have beside those seen
_CLEARLY = 2.0  # nats from which a reading counts for the wear of its page
_ROMAN = re.compile(r"[IVXLC]+\Z")
_OPENING = re.compile(r"(?:^|[.:;!?|•*+–-])[\s'\"“(‘`]*(?:[^\W_]{1,3}[.)]\s*)?\Z")
_NAME_REACH = 4  # syllables of a name behind a level word


@dataclass(frozen=True, slots=True)
class Weights:
    """What each sign is worth, in nats: see data/careful.toml."""

    base: float
    margin: float
    wear: float
    marks: float
    odd: float


@dataclass(frozen=True, slots=True)
class Limits:
    """From where a reading is taken: see data/careful.toml."""

    margin_most: float
    taken: float
    dust: float
    dust_chance: float
    capital: float


@cache
def table() -> tuple[Weights, Limits]:
    """data/careful.toml. Raises TypeError, ValueError or TOMLDecodeError when it is broken."""
    found = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    return Weights(**found["weights"]), Limits(**found["limits"])


@cache
def _dust_signs() -> frozenset[str]:
    return frozenset(tomllib.loads(_TABLE.read_text(encoding="utf-8"))["dust"]["signs"])


def is_dust(raw: str) -> bool:
    """Whether a run of signs is nothing but what dust is read as."""
    return bool(raw) and _dust_signs().issuperset(raw)


@lru_cache(maxsize=65536)
def is_odd(word: str) -> bool:
    """Whether a word cannot stand in right Vietnamese: no syllable, abbreviation, numeral or known foreign word.

    >>> [word for word in ("thưc", "UBND", "hiên", "thựchiện", "VIII", "đưọc", "Index", "b", "nghìệm") if is_odd(word)]
    ['thưc', 'thựchiện', 'đưọc', 'nghìệm']
    """
    letters = sum(c.isalpha() for c in word)
    if letters < 2 or is_syllable(word) or word in weights(_KEPT) or _ROMAN.match(word):
        return False
    if word.isupper() and not has_strong_letter(word):
        return False
    return not (any(c.isdigit() for c in word) and not has_strong_letter(word))


@lru_cache(maxsize=65536)
def _holds_odd(run: str) -> bool:
    """Whether a run without blanks holds an odd word: a page repeats its runs, and looking words up takes long."""
    return any(map(is_odd, _WORD.findall(run)))


@lru_cache(maxsize=65536)
def _words_in(run: str) -> int:
    """How many words a run without blanks holds."""
    return len(_WORD.findall(run))


@lru_cache(maxsize=65536)
def _odd_marked_in(run: str) -> int:
    """How many odd words of a run without blanks hold a letter beyond ASCII."""
    return sum(is_odd(word) and not word.isascii() for word in _WORD.findall(run))


def needs_reading(line: str) -> bool:
    """Whether the line holds an odd word."""
    return any(map(_holds_odd, runs_of(line)))


def is_worn(texts: Sequence[str]) -> bool:
    """Whether the lines of a page show that an engine misread it here and there, so that each of its lines is read.

    One odd word with Vietnamese letters in a few hundred is proof enough: right text has none, and a page that has some
    has as many words that are wrong but look right ("tố chức", "triến khai").
    """
    odd = sum([sum(map(_odd_marked_in, runs_of(text))) for text in texts])
    return odd >= 2 and odd * _WORN >= _words_of(texts)


def _words_of(texts: Sequence[str]) -> int:
    return sum([sum(map(_words_in, runs_of(text))) for text in texts])


@dataclass(frozen=True, slots=True)
class Wear:
    """How many words a page has, and how many of them clearly read otherwise."""

    words: int
    misread: int

    def beside(self, piece: Piece) -> float:
        """The share, above 0 and below 1, of misread words beside this one, as far as so few words can tell it.

        >>> clear, doubtful = Piece(0, 4, "thực", 6.0, True), Piece(0, 2, "đã", 0.3, True)
        >>> round(Wear(500, 9).beside(clear), 4), round(Wear(500, 9).beside(doubtful), 4)
        (0.0155, 0.0173)
        """
        others = self.misread - (piece.margin >= _CLEARLY)
        return (max(others, 0) + _UNSEEN[0]) / (self.words + _UNSEEN[1])


def wear_of(texts: Sequence[str], read: Sequence[tuple[str, Sequence[Piece]]]) -> Wear:
    """The wear of a page. texts: all its lines; read: those that were read, with what they may say."""
    misread = sum(piece.margin >= _CLEARLY and is_repair(line, piece) for line, pieces in read for piece in pieces)
    return Wear(_words_of(texts), misread)


def signs(raw: str, piece: Piece, wear: float) -> tuple[float, ...]:
    """What speaks for a reading, in the order of Weights: 1 for the base, margin, wear, then 0 or 1.

    wear: the share of misread words on the page beside this one.
    """
    most = table()[1].margin_most
    odd = any(is_odd(word) or _is_unheard(word) for word in _WORD.findall(raw))
    return (1.0, min(piece.margin, most), math.log(wear), float(_one_mark(raw, piece.text)), float(odd))


def _is_unheard(word: str) -> bool:
    """Whether a small word is spelt like a syllable, but none of all the texts that were counted has it.

    >>> [word for word in ("niên", "riên", "Riên", "ghận") if _is_unheard(word)]
    ['riên', 'ghận']
    """
    return word.islower() and not word.isascii() and model_word(word) not in vocabulary().ids


def _one_mark(raw: str, text: str) -> bool:
    """Whether only marks differ, either those above and below or those that make a letter: an engine errs in one.

    >>> _one_mark("tố chức", "tổ chức"), _one_mark("phường", "phương"), _one_mark("tỏ", "tổ")
    (True, True, True)
    >>> _one_mark("Mời", "Mỗi"), _one_mark("bọp", "họp")
    (False, False)
    """
    (bare, tones), (read_bare, read_tones) = without_tone(raw), without_tone(text)
    return plain(raw) == plain(text) and (bare == read_bare or tones == read_tones)


def chance_of(raw: str, piece: Piece, wear: float) -> float:
    """The chance, 0 to 1, that the reading is right where the raw text is wrong; wear as for `signs`."""
    weigh = [getattr(table()[0], field.name) for field in fields(Weights)]
    sure = sum(a * b for a, b in zip(weigh, signs(raw, piece, wear), strict=True))
    return 1 / (1 + math.exp(-sure))


def is_repair(line: str, piece: Piece) -> bool:
    """Whether a reading would put other words in the place of those that were read."""
    raw = line[piece.start : piece.end]
    return raw != piece.text and (may_change(raw, piece) or parts_run(line, piece))


def repair(line: str, piece: Piece, wear: Wear, official: bool = False) -> float | None:
    """The chance that a reading is right, where it is to be taken over the raw text of its line; None to leave that.

    official: with this reading it is a word of a name that every document spells alike.
    """
    limits = table()[1]
    raw = line[piece.start : piece.end]
    if not piece.text:
        return limits.dust_chance if piece.margin >= limits.dust and is_dust(raw) else None
    if not is_repair(line, piece):
        return None
    if raw[:1].isupper() and not official and not any(is_odd(word) for word in _WORD.findall(raw)):
        if is_name(line, piece.start, piece.end):
            return None
        if not raw.isupper() and not _OPENING.search(line[: piece.start]) and piece.margin < limits.capital:
            return None
    chance = chance_of(raw, piece, wear.beside(piece))
    return chance if chance >= limits.taken else None


def may_change(raw: str, piece: Piece) -> bool:
    """Whether a reading is one at all: words for words and other letters.

    Never: a change of case, signs, blanks or tone style alone, a word of another language, a dropped word, a digit more
    or less.
    """
    words, read = _WORD.findall(raw), _WORD.findall(piece.text)
    if not piece.known or not words or not read or not all(is_syllable(word) for word in read):
        return False
    if [c for c in raw if c.isdigit()] != [c for c in piece.text if c.isdigit()]:
        return False
    if _same_word("".join(words)) == _same_word("".join(read)):
        return False
    return _same_frame(raw, piece.text) or not any(is_odd(word) for word in words) or _is_small_vietnamese(raw)


def parts_run(line: str, piece: Piece) -> bool:
    """Whether the reading puts a blank into a run that is no word: "xửlý" -> "xử lý".

    >>> parts_run("xem xét xửlý", Piece(10, 12, " lý", 5.0, True)), parts_run("ở đây", Piece(2, 5, " đây", 5.0, True))
    (True, False)
    """
    run = next((m.group() for m in _WORD.finditer(line) if m.start() < piece.start < m.end()), "")
    inside = line[piece.start : piece.end] == piece.text[1:] and piece.text[:1] == " "
    return inside and piece.known and is_odd(run) and is_syllable(piece.text[1:])


def is_name(line: str, start: int, end: int) -> bool:
    """Whether the capitalised word at line[start:end] may be part of a name: a capital beside it, or a level in front.

    >>> line = "Ủy ban nhân dân xã Mỹ Đằng, ông Lê Thuấn, quy định của Đáng bộ"
    >>> [is_name(line, line.index(word), line.index(word) + len(word)) for word in ("Đằng", "Thuấn", "Đáng")]
    [True, True, False]
    """
    front, behind = line[:start].split(), line[end:].split()
    raw = line[start:end]
    if not raw.isupper():
        beside = [front[-1]] if front and line[start - 1].isspace() else []
        beside += [behind[0]] if behind and line[end : end + 1].isspace() else []
        if any(word[:1].isupper() and not word.isupper() for word in beside):
            return True
    before = [word.lower() for word in front[-_NAME_REACH - 2 :]]
    return any(_level_at(before, at) for at in range(len(before)))


def _level_at(words: Sequence[str], at: int) -> bool:
    """Whether a level word stands there, near enough to the end of the words for a name to reach over it."""
    return any(" ".join(words[at : at + n]) in levels() and len(words) - at - n < _NAME_REACH for n in (1, 2))


def _same_word(text: str) -> str:
    """The text without case and style of tone marks."""
    return in_style(text.lower(), ToneStyle.OLD)


def _is_small_vietnamese(raw: str) -> bool:
    """Whether no foreign word and no name is written so: small letters, one of them with a mark."""
    return raw.islower() and not raw.isascii()


def _same_frame(raw: str, text: str) -> bool:
    """Whether the reading keeps the first letter or most others: a foreign name is not bent into a syllable."""
    a, b = plain(raw).lower(), plain(text).lower().replace(" ", "")
    alike = sum(x == y for x, y in zip(a, b, strict=False)) + sum(
        x == y for x, y in zip(a[::-1], b[::-1], strict=False)
    )
    return alike >= max(len(a), len(b)) * 0.6
