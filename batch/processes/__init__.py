"""Where tasks run: worker processes of this machine, or a Dask cluster."""
