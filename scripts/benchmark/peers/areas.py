"""Times PySAL on the polygons, links and numbers of a folder; prints a line of JSON for each work, without start and reading. python3 areas.py FOLDER"""

import csv
import json
import os
import sys
import time
import warnings

warnings.simplefilter("ignore")
folder = sys.argv[1]


def report(work, name, run, note):
    """What takes over five seconds is run once; all else is warmed by its first run, then repeated."""

    def timed():
        start = time.perf_counter()
        found = run()
        return 1000 * (time.perf_counter() - start), found

    first, found = timed()
    times = [first] if first > 5000 else [timed()[0] for _ in range(3)]
    print(json.dumps({"work": work, "name": name, "times": times, "note": note(found)}), flush=True)


def links(weights):
    return sum(len(row) for row in weights.neighbors.values()) // 2


try:
    import libpysal
except ImportError:
    print(json.dumps({"missing": "PySAL libpysal", "install": "apt install python3-libpysal"}))
    sys.exit()

with open(os.path.join(folder, "areas.geojsonl")) as lines:
    features = [json.loads(line) for line in lines]
shapes = [libpysal.cg.asShape(feature["geometry"]) for feature in features if feature["geometry"]]
report(
    "neighbours",
    f"libpysal {libpysal.__version__}, Queen",
    lambda: libpysal.weights.Queen(shapes),
    lambda weights: f"{links(weights)} pairs",
)

try:
    import esda
except ImportError:
    print(json.dumps({"missing": "PySAL esda", "install": "no Debian package; python3 -m pip install esda"}))
    sys.exit()

neighbours = {}
with open(os.path.join(folder, "values.csv")) as rows:
    values = [float(row["count"]) / float(row["population"]) for row in csv.DictReader(rows)]
for area in range(len(values)):
    neighbours[area] = []
with open(os.path.join(folder, "links.csv")) as rows:
    for row in csv.DictReader(rows):
        neighbours[int(row["from"])].append(int(row["to"]))
        neighbours[int(row["to"])].append(int(row["from"]))
weights = libpysal.weights.W(neighbours, silence_warnings=True)
weights.transform = "r"
report(
    "moran999",
    f"esda {esda.__version__}, Moran_Local 999",
    lambda: esda.Moran_Local(values, weights, permutations=999, n_jobs=1, seed=1),
    lambda _: "directed p",
)
