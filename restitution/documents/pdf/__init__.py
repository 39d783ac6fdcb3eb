"""PDF documents made by typst: the report, the paper form, the poster."""
