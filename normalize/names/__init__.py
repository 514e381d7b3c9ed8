"""Names of places, people, agencies and abbreviations, against lists."""
