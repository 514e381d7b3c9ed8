"""The symbols of documents, dates and numbers: read by their own grammar (Nghị định 30/2020/NĐ-CP, phụ lục I and III).

A span found here is an anchor: what follows in restoration neither reads its digits as letters nor changes it again.
Digits are never changed. A fix that leaves its text as it was ("right as it stands") is an anchor without a change.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from math import inf

from normalize.fixes import Fix
from normalize.grammars.symbol_words import PART, date_words, digits_read, number_before, symbol, symbol_words
from normalize.letters import plain
from normalize.names.abbreviations import Match, closest, weights

_PIECE = re.compile(rf"(\s?[-–—/]\s?)|({PART})")
_INSTRUMENT = ("instrument",)
_ISSUER = ("issuer",)
_ISSUER_LIMIT = 0.5  # issuers unknown to the table are many: only a near one is meant
_SHORT, _BAR = 4, 0.15  # letters of a short code; what a lost bar of Đ costs at most
_LONGEST_MARK = 14  # letters of the longest mark of a department, "CCHCKSTTHC"
_APART = 0.3  # what a first digit that stands apart costs: a speck may look like it


def fix_symbols(line: str, bars_lost: bool = True) -> Iterator[Fix]:
    """Document symbols: "39 /QP-UBND" -> "39/QĐ-UBND", and the word "số" before them.

    >>> [(f.raw, f.restored) for f in fix_symbols("sé6 39 /QP-UBND va 45/2020/Nb-CP")]
    [('sé6', 'số'), ('39 /QP-UBND', '39/QĐ-UBND'), ('45/2020/Nb-CP', '45/2020/NĐ-CP')]
    >>> [(f.raw, f.restored) for f in fix_symbols("số I 18/2025/NĐ-CP; mục I 18/2025/NĐ-CP")]
    [('số', 'số'), ('I 18/2025/NĐ-CP', '118/2025/NĐ-CP'), ('18/2025/NĐ-CP', '18/2025/NĐ-CP')]
    >>> [f.restored for f in fix_symbols("Chi thi 5O 30/CT-TTg, nam 5 30/CT-TTg")]
    ['số', '30/CT-TTg', '30/CT-TTg']
    >>> [f.restored for f in fix_symbols("Nghi dinh s661/2018/ND-CP, so161/2018/ND-CP")]
    ['số ', '61/2018/NĐ-CP']
    >>> [f.restored for f in fix_symbols("02-CTr/TU, 15/7/2021, 2021 - 2025, 3/4 so ho, 77/2015/QH13")]
    ['02-CTr/TU', '77/2015/QH13']
    >>> [f.restored for text in ("12/KH-TQT", "15/KH-UBND") for f in fix_symbols(text, bars_lost=False)]
    ['12/KH-TQT', '15/KH-UBND']
    """
    for match in symbol().finditer(line):
        read = _read_symbol(match, bars_lost)
        if read is None:
            continue
        text, length, cost = read
        start, end = match.start(), match.start("rest") + length
        if before := number_before().search(line, 0, start):
            word = before["word"]
            heads = ":" in before["gap"] and not line[: before.start("word")].strip()
            shown = _number_word(word, heads) + ("" if before["gap"] else " ")
            yield Fix(before.start("word"), before.end("word"), word, shown, "symbol", 0.995)
            if before["one"] and match["number"]:
                start, text, cost = before.start("one"), "1" + text, cost + _APART
        if match["number"] is None:
            start = match.start("join") + len(match["join"]) - len(match["join"].lstrip())
        yield Fix(start, end, line[start:end], text, "symbol", max(0.6, 0.995 - 0.25 * cost))


def _number_word(seen: str, heads: bool) -> str:
    """The word before a number in the case of the signs that stand for it. heads: it opens the line and has a colon
    behind it, as in a letterhead.
    """
    word = symbol_words().number_word
    if seen[0] != "S":
        return word.capitalize() if heads else word
    return word.upper() if seen.isalpha() and seen.isupper() and len(seen) > 1 else word.capitalize()


def _read_symbol(match: re.Match[str], bars_lost: bool) -> tuple[str, int, float] | None:
    """(text, signs of `rest` used, cost) of one candidate; None when it is no symbol."""
    join = match["join"].strip()
    pieces = list(_PIECE.finditer(match["rest"]))
    words = [p for p in pieces if p.group(2)]
    joins = [p.group(1).strip().replace("–", "-").replace("—", "-") for p in pieces if p.group(1)]
    if not any(c.isalpha() for c in words[0].group()):
        return None
    head = _head(words[0].group(), bool(match["year"]), bars_lost)
    if head is None:
        return None
    kind, found = head
    if kind == "issuer" and match["number"] is None:
        return None
    text, cost, end = found.short, found.cost, words[0].end()
    for at, word in enumerate(words[1:]):
        part = _tail(word.group(), kind == "issuer", bars_lost)
        if part is None:
            break
        text += joins[at] + part.short
        cost, end = cost + part.cost, word.end()
    joined = end > words[0].end()
    at_end = not joined and match["rest"][end:].strip() in ("-", "–", "—") and match.end() == len(match.string.rstrip())
    if at_end:
        text, end = text + "-", len(match["rest"].rstrip())
    if not _believable(match, kind, found, joined or at_end, text):
        return None
    number = match["number"] or ""
    year = match["year"] + "/" if match["year"] else ""
    return number + join + year + text, end, cost


def _believable(match: re.Match[str], kind: str, head: Match, joined: bool, text: str) -> bool:
    """An instrument needs its issuer; a lone head is believed only when it is spelt right (77/2015/QH13, 45/NQ)."""
    if match["join"].strip() == "-" or match["number"] is None:
        return (
            joined
            and kind == "instrument"
            and (match["number"] is None or text.rpartition("/")[2] in symbol_words().party)
        )
    if joined:
        return True
    return head.cost == 0 and (bool(match["year"]) or kind == "instrument")


def _head(word: str, dated: bool, bars_lost: bool) -> tuple[str, Match] | None:
    """What stands behind the number: an instrument (QĐ-UBND), or of a letter or a law the issuer (UBND-NC, QH13)."""
    found = closest(word, _INSTRUMENT, bars_lost)
    issuer = _issuer(word) if found is None or found.cost > 0.3 else None
    if (
        issuer
        and (found is None or issuer.cost < found.cost)
        and (dated or issuer.short == plain(word) or len(word) > 2)
    ):
        return "issuer", issuer
    return ("instrument", found) if found else None


def _issuer(word: str, limit: float = inf) -> Match | None:
    """The known code that the letters stand for; with its "&" where one was printed and all letters are right."""
    found = closest(word, _ISSUER, limit=limit)
    return replace(found, short=word) if found and found.short == word.replace("&", "") else found


def _tail(word: str, after_issuer: bool, bars_lost: bool) -> Match | None:
    """An issuer; or, where a department or copy mark may stand, capitals as they are.

    Where the text has its bars, a short code in plain capitals that is near a known one is one that nobody listed.
    """
    found = _issuer(word, limit=_ISSUER_LIMIT)
    unlisted = not bars_lost and len(word) <= _SHORT and word.isascii() and word.isalpha() and word.isupper()
    if found and (found.cost <= _BAR or not unlisted):
        return found
    if word in weights(_ISSUER) or (
        word.isupper() and 2 <= len(word) <= _LONGEST_MARK and word.replace("&", "").isalpha()
    ):
        return Match(word, 0.2)
    return Match(word, 0.3) if after_issuer and word.isupper() else None


_DATE = re.compile(
    r"(?<![\d/.,-])(?P<day>0?[1-9]|[12]\d|3[01])\s?(?P<a>[/.-])\s?(?P<month>0?[1-9]|1[0-2])\s?(?P<b>[/.-])\s?"
    r"(?P<year>(?:19|20)\d\d)(?!\d|\s?[/-]\s?[A-ZĐ])"
)
_MONTH = re.compile(r"(?<![\d/.,-])(?P<month>0?[1-9]|1[0-2])\s?/\s?(?P<year>(?:19|20)\d\d)(?!\d|\s?/)")
_FIGURE = re.compile(
    r"(?=\d)(?:(?<!\w)|(?<!\d)(?=(?:19|20)\d\d(?!\d)))(?<![€¢£¥$&@%'‘’])\d+(?:[.,]\d+)*(?:\s?%)?(?![€¢£¥$&@'‘’])"
)
# In text without bars a short number behind a word may itself be one ("ty 16 ho so"): the decoder weighs it.
_SHORT_NUMBER = re.compile(r"\d{1,2}\Z")
_BEHIND_WORD = re.compile(r"(?:\w*[^\W\d_]\w*[,;]?|\s1\d)\s\Z")


# "đúng hạn % > 98": the unit in a column of its own, and how the figure behind it is meant.
_MEASURE = re.compile(r"(?<!\S)(?:%(?=\s+(?:[<>≤≥]=?\s*)?\d)|[<>≤≥]=?(?=\s*\d))")

_LARGEST = {"day": 31, "month": 12}


def fix_dates(line: str) -> Iterator[Fix]:
    """Dates in figures: the blanks that OCR put inside go; the digits stay. Letters where a day or month must stand.

    >>> [(f.raw, f.restored) for f in fix_dates("ngay 06 thang OL nam 2022, ngay l5 thang IO nam 2022, ngay S thang")]
    [('OL', '01'), ('l5', '15'), ('IO', '10')]
    >>> [(f.raw, f.restored) for f in fix_dates("ngay1 /7/2025 va 15/7/2021, thang 02 /2024")]
    [('1 /7/2025', '1/7/2025'), ('15/7/2021', '15/7/2021'), ('02 /2024', '02/2024')]
    """
    taken = 0
    for match in sorted([*_DATE.finditer(line), *_MONTH.finditer(line)], key=lambda m: (m.start(), -m.end())):
        if match.start() >= taken:
            taken = match.end()
            yield Fix(match.start(), match.end(), match.group(), re.sub(r"\s", "", match.group()), "date", 0.995)
    for match in date_words().finditer(line):
        for part, largest in _LARGEST.items():
            number = match[part].translate(digits_read())
            if number != match[part] and 0 < int(number) <= largest:
                yield Fix(match.start(part), match.end(part), match[part], number, "date", 0.95)


def fix_figures(line: str, bars_lost: bool = False) -> Iterator[Fix]:
    """Numbers and percentages with what measures them, as anchors that stay as they are. A digit inside letters ("s6")
    is none; where an engine without bars read the line, a short number behind a word is none either.

    >>> [f.raw for f in fix_figures("dat 80% tro 1en, 2.500,5 trieu, s6 12, 2021ctia")]
    ['80%', '2.500,5', '12', '2021']
    >>> [f.raw for f in fix_figures("ho so dung han % >98, % ho so > nam")]
    ['%', '>', '98']
    >>> [f.raw for f in fix_figures("giam ty 16 ho so trong 15% don vi, 30 ngay", bars_lost=True)]
    ['15%']
    """
    for match in _MEASURE.finditer(line):
        yield Fix(match.start(), match.end(), match.group(), match.group(), "figure", 1.0)
    for match in _FIGURE.finditer(line):
        after = line[match.end() : match.end() + 1]
        if after.isalpha() and not (len(match.group()) >= 4 or after.isupper()):
            continue
        if bars_lost and _SHORT_NUMBER.match(match.group()) and _BEHIND_WORD.search(line, 0, match.start()):
            continue
        yield Fix(match.start(), match.end(), match.group(), match.group(), "figure", 1.0)
