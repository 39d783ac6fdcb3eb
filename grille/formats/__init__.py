"""Grids as files: written as YAML, read from the sheets of a workbook, with remarks for their author.

Knows the keys of a grid file and the sheets of a workbook. Ignores how a workbook is opened or made.
"""
