"""Learn how sure the rows of run-together tables are -> schema/rules/confidence_parted.toml.

    python -m benchmarks.parted_confidence FOLDER... [--pages KEPT] [--jobs 2] > schema/rules/confidence_parted.toml

Folders and what is right: see benchmarks.confidence_samples; how weights are learned: benchmarks.confidence. Layers
with no letter misread (`python -m tests.testbed generate --output printed`) show how tables are torn, read ones what
letters add to that.
"""

from benchmarks.confidence import report
from benchmarks.confidence_samples import arguments, samples_of

HEADER = """# What evidence adds to the log odds that a row of a run-together table is right; written by
# `python -m benchmarks.parted_confidence`.
row_type = "schema.confidence.weights:Weight"
"""


def main() -> None:
    given = arguments(__doc__)
    samples = samples_of(given.folders, ["parted"], given.pages, given.jobs)
    print(HEADER + report("parted", samples["parted"]), end="")


if __name__ == "__main__":
    main()
