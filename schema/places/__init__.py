"""Administrative units: how they are named, spelt and placed."""
