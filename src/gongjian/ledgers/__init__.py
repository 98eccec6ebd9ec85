"""Ledgers (台账): the regulated objects and what happened to them; one declaration gives pages, import, export, map and history."""
