"""What Prometheus may ask, on an address of its own. Nothing of it is loaded unless METRICS_ADDRESS is set."""
