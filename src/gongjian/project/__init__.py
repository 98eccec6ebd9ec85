"""The one room that knows all: settings, root URLs, navigation, jobs, the command line."""
