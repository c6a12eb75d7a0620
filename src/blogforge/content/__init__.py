"""What authors wrote, read into posts and articles."""
