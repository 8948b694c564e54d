"""An article comes in: sources -> catalog -> analysis -> engine."""
