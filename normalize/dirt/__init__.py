"""What nobody printed: dust at the edges, specks in the text, lines of scrap."""
