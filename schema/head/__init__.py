"""What stands before the body and below it: letterhead, title, grounds, signature."""
