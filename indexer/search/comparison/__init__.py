"""Two texts side by side: unchanged paragraphs, and the words that changed in others."""
