"""Settings of the sample."""
from datetime import datetime

AUTHOR = 'The Copy Desk'
SITENAME = "The Lantern"
SITEURL = "https://lantern.example"
TIMEZONE = 'Europe/Paris'
DEFAULT_LANG = 'en'
PATH = 'content'
STATIC_PATHS = ['images', 'extra']
EXTRA_PATH_METADATA = {
    'extra/humans.txt': {'path': 'humans.txt'},  # moved
}
ARTICLE_URL = '{date:%Y}/{slug}.html'
ARTICLE_SAVE_AS = '{date:%Y}/{slug}.html'
DEFAULT_PAGINATION = 10
MENUITEMS = (
    ('Quay', '/category/quay.html'),
    ('About', '/about/'),
)
LINKS = (('Elsewhere', 'https://elsewhere.example/'),)
THEME = 'theme'
DIRECT_TEMPLATES = []
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
BUILT = datetime.now()
