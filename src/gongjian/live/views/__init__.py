"""The live pages, thin over ``queries`` and ``actions``."""
