"""Pure: what the user typed -> a query tree -> clauses for the engine."""
