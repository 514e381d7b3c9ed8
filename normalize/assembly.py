"""What the grammars and the decoder read on one line becomes a Restored: fixes, blanks put right, a confidence."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import attrgetter

from msgspec.structs import replace

from normalize.fixers import UNREADABLE
from normalize.fixes import Fix, LineQuality, Restored, replay
from normalize.letters import ToneStyle, in_style

_BLANK_CHANCE = 0.72  # that a blank was lost there
_PLACE = attrgetter("start", "end")
_HALF_READ = 0.5  # of a line's signs unreadable: so is the line


def assemble(raw: str, spans: Iterable[Fix], style: ToneStyle) -> Restored:
    """The line with these readings, which must not overlap; those that change nothing count for the confidence only."""
    ordered = sorted(spans, key=_PLACE)
    if not ordered:
        return Restored(raw)
    parted = _parted(raw, [_styled(fix, style) for fix in ordered])
    dropped = "" in [fix.restored for fix in parted]
    shown = _without_spare_blanks(raw, parted) if dropped else parted
    changes = tuple([fix for fix in shown if fix.restored != fix.raw])
    return Restored(raw, changes, _quality(raw, parted, changes), _confidence(parted))


def _styled(fix: Fix, style: ToneStyle) -> Fix:
    if fix.restored == fix.raw or fix.restored.isascii():
        return fix
    text = _text_in_style(fix.restored, style)
    return fix if text == fix.restored else replace(fix, restored=text)


@lru_cache(maxsize=65536)
def _text_in_style(text: str, style: ToneStyle) -> str:
    return " ".join(in_style(word, style) for word in text.split(" "))


def _parted(raw: str, spans: Sequence[Fix]) -> list[Fix]:
    """Blanks that the engine lost between spans: "2021ctia", "2030;va", "chinh(CCHC)", "quan| phuong"."""
    out: list[Fix] = []
    last = ""  # the restored sign right in front, "" after a blank or at the start
    end = len(raw)  # of the span before
    for fix in spans:
        start, text = fix.start, fix.restored
        if end < start:
            last = raw[start - 1].strip()
        if text and last and _apart(last, text, fix.raw != text):
            if fix.raw != text:
                out.append(replace(fix, restored=" " + text))
            else:
                out += [Fix(start, start, "", " ", "blank", _BLANK_CHANCE), fix]
        else:
            out.append(fix)
        last, end = (text[-1].strip() if text else last), fix.end
    return out


def _apart(before: str, text: str, changed: bool) -> bool:
    """Whether a blank stands between a sign and the text that follows it."""
    first = text[0]
    if "|" in (before, first):
        return True
    if first == "(":
        return before.isalpha()
    return first.isalpha() and (before in ",;:)" or (before.isdigit() and changed and len(text) > 1))


def _without_spare_blanks(raw: str, spans: Sequence[Fix]) -> list[Fix]:
    """A dropped speck takes the blank before it along, at the start of the line the one behind it.

    One that touches the word behind it ("HA _CONG") leaves the blank: it still parts two words.
    """
    out: list[Fix] = []
    for number, fix in enumerate(spans):
        if fix.restored or not fix.raw:
            out.append(fix)
            continue
        start, end = fix.start, fix.end
        floor = out[-1].end if out else 0
        if start > floor and raw[start - 1] == " " and not _touches_text(raw, spans[number:]):
            start -= 1
        elif start == 0 and raw[end : end + 1] == " " and not any(other.start == end for other in spans):
            end += 1
        out.append(replace(fix, start=start, end=end, raw=raw[start:end]))
    return out


def _touches_text(raw: str, spans: Sequence[Fix]) -> bool:
    """Whether the dropped speck that comes first, with those that touch it, touches a word that stays behind it."""
    end = spans[0].end
    for fix in spans[1:]:
        if fix.start != end or fix.restored:
            break
        end = fix.end
    return raw[end : end + 1].isalnum()


def _quality(raw: str, spans: Sequence[Fix], changes: Sequence[Fix]) -> LineQuality:
    lost = sum([len(fix.raw) for fix in spans if fix.restored == UNREADABLE])
    shown = any(fix.restored and not fix.restored.isspace() for fix in changes) or replay(raw, changes).strip()
    if lost or not shown:
        signs = len("".join(raw.split()))
        if signs and (lost > _HALF_READ * signs or not shown):
            return LineQuality.UNREADABLE
    return LineQuality.REPAIRED if changes else LineQuality.GOOD


def _confidence(spans: Sequence[Fix]) -> float:
    """The mean chance over the words read; what was dropped tells nothing about the text that is left."""
    chances = [0.0 if fix.restored == UNREADABLE else fix.probability for fix in spans if fix.restored.strip()]
    return sum(chances) / len(chances) if chances else 1.0
