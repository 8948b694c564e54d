"""The staff's desk, a module for each of its pages; who gets there is decided in :mod:`webui.middleware.desk`."""
