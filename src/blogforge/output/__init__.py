"""Bytes to the published tree."""
