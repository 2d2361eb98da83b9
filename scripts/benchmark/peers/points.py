"""Times scikit-learn's DBSCAN on the points of a folder; prints a line of JSON, without start and reading. python3 points.py FOLDER EPSILON MIN_POINTS"""

import json
import os
import sys
import time

try:
    import numpy
    import sklearn
    from sklearn.cluster import DBSCAN
except ImportError:
    print(json.dumps({"missing": "scikit-learn", "install": "apt install python3-sklearn"}))
    sys.exit()

points = numpy.fromfile(os.path.join(sys.argv[1], "points.f64")).reshape(2, -1).T.copy()
start = time.perf_counter()
found = DBSCAN(eps=float(sys.argv[2]), min_samples=int(sys.argv[3])).fit(points)
elapsed = 1000 * (time.perf_counter() - start)
note = f"{found.labels_.max() + 1} clusters, {len(found.core_sample_indices_)} core, {(found.labels_ < 0).sum()} noise"
print(json.dumps({"work": "dbscan", "name": f"scikit-learn {sklearn.__version__}, DBSCAN", "times": [elapsed], "note": note}))
