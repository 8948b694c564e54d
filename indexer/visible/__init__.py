"""The articles of one commit as one audience sees them."""
