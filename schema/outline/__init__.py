"""How printed lines hang together: paragraphs, numbering, sections, parts of a document."""
