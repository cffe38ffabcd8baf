"""What both poets draft with: the page, counting, associations, and what a request must be."""
