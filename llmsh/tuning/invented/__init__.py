"""Requests for tools that do not exist, so that a model learns to read signatures that it has never seen."""
