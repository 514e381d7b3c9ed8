"""Rule tables: what the documents' words mean, one TOML file a table. Read them with schema.ruletable.load_rules."""
