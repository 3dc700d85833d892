"""What llmsh costs beside the least that the same work costs, as ratios: `python -m tests.benchmarks`."""
