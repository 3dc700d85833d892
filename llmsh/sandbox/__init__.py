"""The processes that run tools, away from the one that holds the model and the terminal."""
