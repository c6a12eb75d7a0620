from pelicanconf import *

SITEURL = "https://salt.example/desk"
FEED_DOMAIN = SITEURL
