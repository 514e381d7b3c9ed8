"""Many documents: find them, share them among processes, remember what is done, publish the tables."""

from batch.compiled import keep_compiled_code

keep_compiled_code()
