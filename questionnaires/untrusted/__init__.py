"""Untrusted files, opened in a separate process with limits, so that a malicious one cannot harm the server.

``process`` starts that process and limits it; ``archives``, ``workbook``, ``workbook_sheets``, ``delimited`` and
``picture`` run in it. They import only the standard library, and modules of ours that do the same, so that a process
starts in 0.1 s and uses 15 MB; ``picture`` alone imports Pillow as well.
"""
