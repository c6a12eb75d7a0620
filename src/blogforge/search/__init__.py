"""The index by which readers search the site."""
