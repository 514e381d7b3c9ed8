"""Who is charged: names of agencies, lists of them, one name for all spellings."""
