"""A question is answered: request -> plan -> engine -> response."""
