"""A line as an engine read it becomes the same line in right Vietnamese, with the reasons."""
