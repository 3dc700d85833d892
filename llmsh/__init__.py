"""llmsh: a natural-language shell."""
