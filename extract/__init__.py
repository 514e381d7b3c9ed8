"""A file of the archive becomes Pages: what stands where on the paper, still misspelt."""
