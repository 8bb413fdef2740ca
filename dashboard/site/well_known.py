"""The two addresses that programs ask for unbidden: what may be crawled, and the icon of the site."""

from flask import Flask, Response

from dashboard.site.own_address import lead_to

ROBOTS = """User-agent: *
Disallow: /download
Disallow: /sign-in
Disallow: /my-work
"""
ICON = "/assets/favicon.svg"


def serve_well_known(server: Flask) -> None:
    """Every page may be found by a search; files and what needs an account need not be."""

    @server.get("/robots.txt")
    def robots() -> Response:
        return Response(ROBOTS, 200, mimetype="text/plain", headers={"Cache-Control": "public, max-age=86400"})

    @server.get("/favicon.ico")
    def icon() -> Response:
        return lead_to(ICON, 301)
