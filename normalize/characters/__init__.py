"""How text is coded: code pages older than Unicode, and other spellings of the same letter in Unicode."""
