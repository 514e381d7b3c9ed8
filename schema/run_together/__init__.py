"""Tables whose columns a text layer ran together: told, parted and put together again."""
