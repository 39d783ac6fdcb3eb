"""Office documents with native charts: the deck (PPTX) and the workbook (XLSX). Same figures, same bytes."""
