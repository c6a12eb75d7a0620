"""Makes the documentation: a site of docs/*.md, and the pages of reference."""
