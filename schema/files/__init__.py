"""Files and documents: where each document of a file begins, and which file goes on with another."""
