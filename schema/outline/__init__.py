"""How printed lines hang together: paragraphs, numbering, parts of a document."""
