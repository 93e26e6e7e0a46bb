"""Training, in PyTorch: what `mmbook train` runs. Needs the extra `train`."""
