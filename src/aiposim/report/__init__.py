"""Reports: tables, figures and words put together in one HTML file that asks nothing of the network."""
