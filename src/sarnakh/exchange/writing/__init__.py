"""Writing tables for download: XLSX, CSV and import templates."""
