"""What a run tells: progress and log while it works, then the summary and a report for CI."""
