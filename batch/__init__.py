"""Many documents: find them, share them among processes, remember what is done, publish the tables.

archive_run  the whole of `extract`, in order: lock, list, work, publish, sum up
archive      which files there are, and their hashes;  storage: the same on shared storage
run          which task comes next;  packing: pages and tables as bytes
tasks        what a worker does;  calls: the same by name, light to load;  outcomes: what it gives
processes/   where tasks run
store        what is remembered (store_file: its tables);  fingerprint: when that is out of date
publication/ the store -> the tables, all of them or none
reports/     progress, log, summary, JUnit
commands/    what the command line offers beside `extract`
"""

from batch.processes.compiled import keep_compiled_code

keep_compiled_code()
