"""Engines that complete a prompt: llama.cpp, and a scripted one for tests."""
