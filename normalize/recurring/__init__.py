"""What a document says in several places: a line that is unclear is read by the others."""
