"""The matrix as files: workbook, table, JSON, document and heat map."""
