"""The command line: arguments in, calls of the stories, words and exit codes out."""
