"""`python -m normalize.training`: rebuild the models of normalize/data from folders of text."""

from pathlib import Path
from typing import Annotated

import typer

from normalize.data import DATA
from normalize.training.build import Inputs, build_confusions, build_language

_GENRE = Path(__file__).parent / "genre"
app = typer.Typer(add_completion=False, help=__doc__)
Folder = Annotated[Path, typer.Option(exists=True, file_okay=False)]


@app.command()
def language(corpus: Folder, places: Folder, genre: Folder = _GENRE, out: Folder = DATA) -> None:
    """vocabulary.tsv and language_model.npy: about four minutes and 4 GB."""
    typer.echo(build_language(Inputs(corpus, places, genre, None, None, Path()), out))


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
