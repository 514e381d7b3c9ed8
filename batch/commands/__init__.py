"""What pipeline.py offers beside `extract`: compare, explain and draw what was read, look for what is missing."""
