"""What the model says instead of acting: a question, an answer, a refusal."""

MODULES: tuple[str, ...] = ("ask", "answer", "refuse")
