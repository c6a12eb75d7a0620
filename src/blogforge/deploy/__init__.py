"""A published tree -> wherever readers are: `deploy` tells it."""
