"""Evaluation by execution: how often the shell does what was asked, judged by what happened and never by tool name."""
