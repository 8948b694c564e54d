"""Pure: from what the user typed to a query tree, and from the tree to clauses for the engine."""
