"""The API as data: parameters, operations, their description, its tags."""
