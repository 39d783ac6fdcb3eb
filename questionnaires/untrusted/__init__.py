"""Files that anybody may send, opened in a process of their own that can only fail alone.

``process`` starts that process and bounds it; ``archives`` and ``workbook`` are what runs there. These two import
nothing but the standard library, so that a process starts in 0.1 s and in 15 MB.
"""
