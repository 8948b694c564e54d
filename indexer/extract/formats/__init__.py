"""One module for each format: a file -> its pages of text. In this process: call them through :class:`Sandbox`."""
