"""The register of priorities: pages, forms, and what is kept with a priority."""
