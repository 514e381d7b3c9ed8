"""Page images made fit to read: turned upright, straightened, stamps, seals and dust off."""
