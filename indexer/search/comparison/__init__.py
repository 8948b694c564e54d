"""Two texts side by side: which paragraphs are the same, which changed and in which words."""
