"""The context of the current request: caller, language and service."""
