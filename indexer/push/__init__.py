"""An article by HTTP, from the 202 to the commit."""
