"""The noisy-channel decoder: what a page may have said, times what the engine makes of it."""
