"""The steps behind ``make``: the page's assets, the figures, the site, the server."""
