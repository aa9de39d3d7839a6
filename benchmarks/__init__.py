"""Speed and memory of Juntos, against yardsticks in the same run: `python -m benchmarks`; see docs/benchmarks.md."""
