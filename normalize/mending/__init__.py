"""Words mended one by one, each where something beside it proves the reading: slips, runs, words torn or lost."""
