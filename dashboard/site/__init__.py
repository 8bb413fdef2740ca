"""How an address is answered: the page found and made, its document, its headers."""
