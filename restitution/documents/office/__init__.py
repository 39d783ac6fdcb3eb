"""Office documents: the deck (PPTX) and the workbook (XLSX), with native charts; same figures, same bytes."""
