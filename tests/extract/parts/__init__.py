"""What each format can hold: a module for each, with the marker words of its parts; ``docs/attachments.md`` tells of them."""
