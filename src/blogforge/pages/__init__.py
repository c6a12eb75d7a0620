"""A site planned as pages, and pages rendered to bytes."""
