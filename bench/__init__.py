"""Benchmarks: what a reader waits for, as ratios that hold on any machine."""
