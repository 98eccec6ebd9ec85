"""Views: each reads one query and shows a page."""
