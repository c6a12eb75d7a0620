"""Raster images as bytes: what they are, what they tell that nobody asked for, their renditions."""
