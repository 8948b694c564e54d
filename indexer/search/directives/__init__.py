"""Who cites a document and how, and what is known of it."""
