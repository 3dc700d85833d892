"""The models llmsh can use: which there are, fetching one, and making sure its bytes are the right ones."""
