"""The evidence sheet for a borough’s next choice."""
