"""Posters: pictures drawn from the words of pages that have none, for whoever links to them."""
