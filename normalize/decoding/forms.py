"""The words that may be read, each in lower case, with a capital and in capitals, as a trie of letters."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from normalize.decoding.channel import alphabet, letter_numbers
from normalize.decoding.language_model import DATA, Vocabulary, vocabulary


@dataclass(frozen=True, slots=True)
class Forms:
    """All cased forms as a trie: node 0 is the root; child/sibling are node numbers or -1, form[node] a form number or
    -1. Children have higher numbers than their parents.

    Form number f is the word `texts[f]`, whose id in the language model is word[f] and whose case cost is case[f]
    (nats).
    """

    texts: tuple[str, ...]
    word: NDArray[np.int32]
    case: NDArray[np.float32]
    letter: NDArray[np.int16]
    child: NDArray[np.int32]
    sibling: NDArray[np.int32]
    form: NDArray[np.int32]
    shape: NDArray[np.int8]  # 0 lower, 1 Title, 2 UPPER, 3 as spelt


def _cased(words: Vocabulary) -> Iterable[tuple[str, int, float, int]]:
    """(text, word id, case cost, shape) of every form whose letters the channel knows."""
    letters = set(alphabet())
    for number, word in enumerate(words.words):
        if not word or not set(word) <= letters:
            continue
        if word != word.lower():  # an acronym
            yield word, number, 0.0, 3
            continue
        forms = (word, word[0].upper() + word[1:], word.upper())
        for shape, text in enumerate(forms):
            if shape < 2 or len(word) > 1:
                yield text, number, -float(words.case[number][shape]), shape


def make_forms(words: Vocabulary) -> Forms:
    """The trie of all cased forms of a vocabulary."""
    letters = letter_numbers()
    nodes: dict[tuple[int, int], int] = {}
    letter, child, sibling, form = [-1], [-1], [-1], [-1]
    texts: list[str] = []
    info: list[tuple[int, float, int]] = []
    for text, number, cost, shape in _cased(words):
        at = 0
        for character in text:
            key = (at, letters[character])
            if key not in nodes:
                nodes[key] = len(letter)
                letter.append(key[1])
                sibling.append(child[at])
                child.append(-1)
                form.append(-1)
                child[at] = nodes[key]
            at = nodes[key]
        if form[at] == -1:
            form[at] = len(texts)
            texts.append(text)
            info.append((number, cost, shape))
    return Forms(
        tuple(texts),
        np.array([i[0] for i in info], np.int32),
        np.array([i[1] for i in info], np.float32),
        np.array(letter, np.int16),
        np.array(child, np.int32),
        np.array(sibling, np.int32),
        np.array(form, np.int32),
        np.array([i[2] for i in info], np.int8),
    )


@cache
def forms(folder: Path = DATA) -> Forms:
    """The trie of the shipped vocabulary."""
    return make_forms(vocabulary(folder))
