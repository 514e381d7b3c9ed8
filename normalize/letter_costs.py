"""What it costs the channel to print a known word as the raw signs that stand on the page.

>>> from normalize.channel import Channel
>>> letter_cost("Séng", "Sông", Channel.ENGLISH) < letter_cost("Séng", "Hồng", Channel.ENGLISH)
True
"""

from functools import lru_cache

from normalize.channel import LONGEST_CHUNK, MAX_RAW, Channel, confusions, letter_numbers


@lru_cache(maxsize=65536)
def letter_cost(raw: str, word: str, channel: Channel) -> float:
    """Nats of the cheapest way in which the engine prints `word` as `raw`.

    Infinite for a letter it does not know, and for a run longer than any syllable.
    """
    table, letters = confusions(channel), letter_numbers()
    if len(raw) > MAX_RAW or any(letter not in letters for letter in word):
        return float("inf")
    rows = table.rows(raw)
    best = [0.0] + [float("inf")] * len(raw)
    for letter in word:
        column = table.cost[:, letters[letter]]
        after = [float("inf")] * (len(raw) + 1)
        for start, cost in enumerate(best):
            if cost == float("inf"):
                continue
            for size in range(min(LONGEST_CHUNK, len(raw) - start) + 1):
                total = cost + float(column[rows[start, size]])
                if total < after[start + size]:
                    after[start + size] = total
        best = after
    return best[-1]
