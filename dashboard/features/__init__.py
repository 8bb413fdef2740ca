"""The pages, one folder each with its forms. A page is in the menu, the addresses and the tests once its folder is here."""
