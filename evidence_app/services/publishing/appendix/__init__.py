"""Tables that stand beside a review: as a document, a workbook or CSV."""
