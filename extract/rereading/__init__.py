"""What an engine read, looked at again: doubtful words, numerals, lone cells, numbers beside a pen's ink."""
