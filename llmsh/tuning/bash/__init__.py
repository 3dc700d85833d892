"""From requests with a bash command to requests with a plan: translated by rule, proved by running both."""
