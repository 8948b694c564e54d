"""The editors' desk, one module per page; :mod:`webui.middleware.desk` decides who may enter."""
