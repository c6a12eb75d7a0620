"""What the publication is: pure functions from posts to a site."""
