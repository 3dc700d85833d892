"""Making the default model: training data that is proved by running it, LoRA tuning, export, evaluation."""
