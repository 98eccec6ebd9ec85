"""Departments with their aliases and groups, people, posts, roles and what each may do."""
