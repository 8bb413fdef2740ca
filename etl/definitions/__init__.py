"""What is written down once: sources, measures, areas, breaks, words, and which boroughs are alike."""
