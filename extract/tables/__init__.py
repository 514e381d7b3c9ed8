"""Ruled tables, from printed and drawn rules to cells with their words; and how any table's header is told."""
