"""Pages of attachments, as text and as pictures."""
