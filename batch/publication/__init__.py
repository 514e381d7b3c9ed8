"""The store -> the tables of the output folder, all of them or none."""
