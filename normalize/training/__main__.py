"""`python -m normalize.training`: rebuild the models of normalize/data from folders of text."""

from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from normalize.data import DATA
from normalize.decoding import language_model as lm
from normalize.training.build import Inputs, build_confusions, build_language
from normalize.training.followers import followers as pairs_of

_GENRE = Path(__file__).parent / "genre"
app = typer.Typer(add_completion=False, help=__doc__)
Folder = Annotated[Path, typer.Option(exists=True, file_okay=False)]


@app.command()
def language(corpus: Folder, places: Folder, genre: Folder = _GENRE, out: Folder = DATA) -> None:
    """vocabulary.tsv, language_model.npy and followers.npy: about four minutes and 4 GB."""
    typer.echo(build_language(Inputs(corpus, places, genre, None, None, Path()), out))


@app.command()
def followers(out: Folder = DATA) -> None:
    """followers.npy alone, from the language_model.npy and vocabulary.tsv of the same folder: ten seconds."""
    fresh = out / "fresh_followers.npy"
    np.save(fresh, pairs_of(lm.table(out), lm.vocabulary(out).words))
    fresh.replace(out / "followers.npy")


@app.command()
def confusions(
    corpus: Folder,
    cache: Path = Path("build/ocr"),
    raw: Annotated[Path | None, typer.Option()] = None,
    right: Annotated[Path | None, typer.Option()] = None,
    out: Folder = DATA,
) -> None:
    """confusions_*.tsv: some minutes of Tesseract, kept in the cache. raw and right: text layers and their truth,
    line by line.
    """
    typer.echo(build_confusions(Inputs(corpus, Path(), _GENRE, raw, right, cache), out))


if __name__ == "__main__":
    app()
