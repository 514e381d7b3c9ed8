"""Tables without rules down: their columns and rows by the white between words."""
