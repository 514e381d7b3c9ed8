"""The words that may be read, each in lower case, with a capital and in capitals, as a trie of letters."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numba import njit
from numpy.typing import NDArray

from normalize.data import DATA
from normalize.decoding.channel import alphabet, letters_of
from normalize.decoding.language_model import Vocabulary, vocabulary


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


def _cased(words: Vocabulary) -> tuple[list[str], list[int], list[int]]:
    """(texts, word ids, shapes) of all forms whose letters the channel knows."""
    letters = frozenset(alphabet())
    texts: list[str] = []
    numbers: list[int] = []
    shapes: list[int] = []
    for number, word in enumerate(words.words):
        if not word or not letters.issuperset(word):
            continue
        upper = word.upper()
        if word != word.lower():  # an acronym
            forms: tuple[str, ...] = (word,)
            shapes.append(3)
        elif len(word) > 1:
            forms = (word, upper[0] + word[1:], upper)
            shapes += (0, 1, 2)
        else:
            forms = (word, upper)
            shapes += (0, 1)
        texts += forms
        numbers += (number,) * len(forms)
    return texts, numbers, shapes


def make_forms(words: Vocabulary) -> Forms:
    """The trie of all cased forms of a vocabulary."""
    texts, word, shape = _cased(words)
    length = np.array(list(map(len, texts)), np.int64)
    letter, child, sibling, form, kept = _trie(letters_of("".join(texts)), length)
    numbers, shapes = np.array(word, np.int32)[kept], np.array(shape, np.int8)[kept]
    known = np.hstack([-words.case, np.zeros((len(words.case), 1), np.float32)])  # an acronym has one form
    return Forms(
        tuple(texts[i] for i in kept.tolist()), numbers, known[numbers, shapes], letter, child, sibling, form, shapes
    )


@njit(cache=True)
def _trie(letters, length):  # type: ignore[no-untyped-def]
    """(letter, child, sibling, form by node; the texts that are forms: the first of equal ones) of a trie of texts.

    letters: of all texts in a row; length: of each.
    """
    room = len(letters) + 1
    letter, child = np.full(room, -1, np.int16), np.full(room, -1, np.int32)
    sibling, form = np.full(room, -1, np.int32), np.full(room, -1, np.int32)
    kept = np.empty(len(length), np.int32)
    nodes, forms, at = 1, 0, 0
    for text in range(len(length)):
        node = 0
        for place in range(at, at + length[text]):
            below = child[node]
            while below >= 0 and letter[below] != letters[place]:
                below = sibling[below]
            if below < 0:
                below = nodes
                letter[below], sibling[below], child[node] = letters[place], child[node], below
                nodes += 1
            node = below
        at += length[text]
        if form[node] < 0:
            form[node] = forms
            kept[forms] = text
            forms += 1
    return letter[:nodes].copy(), child[:nodes].copy(), sibling[:nodes].copy(), form[:nodes].copy(), kept[:forms]


@cache
def forms(folder: Path = DATA) -> Forms:
    """The trie of the shipped vocabulary."""
    return make_forms(vocabulary(folder))
