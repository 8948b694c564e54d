"""What the addresses of the site answer: one module, one blueprint each."""
