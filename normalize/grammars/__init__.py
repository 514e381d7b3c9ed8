"""What is read by a grammar of its own: symbols, dates and numbers, the marks that number items."""
