"""Many documents: find them, share them among processes, remember what is done, publish the tables."""
