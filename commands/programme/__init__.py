"""``flask --app app programme``: what a whole programme has published, written for those who analyse it.

Knows folders, parts and Parquet files.
Ignores how a figure is computed.
"""
