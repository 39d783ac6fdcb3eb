"""The command line, one group per subject.

Knows arguments, exit codes and what to print.
Ignores pages; does nothing that the rooms below could not do without it.
"""
