"""One module per format: a file -> its pages of text. These run in the calling process: use them through :class:`Sandbox`."""
