"""Who did something and whom a person speaks for, as it is said in a sentence."""

from types import MappingProxyType

from dashboard.register.permissions import Body, command

_WITH_ARTICLE = frozenset({Body.COUNCIL, Body.POLICE, Body.DEPUTY_MAYOR, Body.ASSEMBLY})


def body_words(body: str) -> str:
    """With its article: the council, the Deputy Mayor’s office, MOPAC. A body not known here stands as it was recorded."""
    name = body.replace("'", "’")
    return f"the {name}" if body in _WITH_ARTICLE else name


_COMMANDS = MappingProxyType(
    {
        command(name).name: words
        for name, words in {
            "seed": "The site, from the public record",
            "create-admin": "Whoever set the site up",
            "sign-in": "The site",
            "import": "An import from another register",
            "demo": "The site, as a demonstration",
        }.items()
    }
)


def actor_words(name: str) -> str:
    """Who did something, as the history names them: a person by name, a command by what it is for."""
    return _COMMANDS.get(name, name)
