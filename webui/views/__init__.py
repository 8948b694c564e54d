"""The views of the site: one module and one blueprint for each group of addresses."""
