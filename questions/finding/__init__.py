"""What a reader may ask for: filters, facets, order, paging and search."""
