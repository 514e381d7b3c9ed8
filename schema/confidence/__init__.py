"""How sure a row is: what tells for and against it, and what that was worth on documents whose truth is known."""
