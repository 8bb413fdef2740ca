"""One module a page, each ending in `PAGE = Page(...)`. Drop a module in and it is on the site."""
