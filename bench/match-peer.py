"""The peers of `reclaim bench match`: faiss (flat, and multi-hash in the configuration of Meta's HMA) and usearch.

Speaks lines of JSON on standard input and output, so that the two sides can take turns:
  {"op": "build", "peer": "faiss-multihash", "path": "...", "count": n}  ->  {"seconds": 1.2}
  {"op": "search", "peer": "...", "path": "...", "count": n, "bits": 31} ->  {"us": [...], "ids": [[...], ...], "cpu_us": 9.9}
Files hold 32 bytes a signal. `cpu_us` is the processor's time of a query, their mean. One thread, one query at a time; reading files and making lists is not timed.
The first line printed is {"peers": {"faiss-flat": "faiss-cpu 1.15.1", ...}}: those that are installed.
"""

import json
import sys
import time
from importlib.metadata import version

import numpy

BYTES = 32
BITS = 256

peers = {}
try:
    import faiss

    faiss.omp_set_num_threads(1)
    peers["faiss-flat"] = peers["faiss-multihash"] = f"faiss-cpu {version('faiss-cpu')}"
except ImportError:
    pass
try:
    from usearch.index import Index

    peers["usearch"] = f"usearch {version('usearch')}"
except ImportError:
    pass

built = {}


def signals(request):
    return numpy.fromfile(request["path"], dtype=numpy.uint8).reshape(request["count"], BYTES)


def build(request):
    vectors = signals(request)
    peer = request["peer"]
    built.pop(peer, None)
    start = time.perf_counter()
    if peer == "usearch":
        index = Index(ndim=BITS, metric="hamming", dtype="b1")
        index.add(numpy.arange(len(vectors), dtype=numpy.uint64), vectors, threads=1)
    else:
        if peer == "faiss-flat":
            index = faiss.IndexBinaryFlat(BITS)
        else:
            # python-threatexchange's PDQMultiHashIndex: 16 tables of 16 bits, one bit flipped for thresholds 16..31.
            index = faiss.IndexBinaryMultiHash(BITS, 16, 16)
            index.nflip = 1
        index.add(vectors)
    built[peer] = index
    return {"seconds": time.perf_counter() - start}


def found(index, peer, query, bits):
    if peer == "usearch":
        # There is no range search: the 64 nearest, and of these what is near enough.
        matches = index.search(query, 64, threads=1)
        return matches.keys, matches.distances, bits + 1
    # faiss means "less than".
    _, distances, ids = index.range_search(query, bits + 1)
    return ids, distances, bits + 1


def search(request):
    peer = request["peer"]
    index = built[peer]
    us, ids, cpu = [], [], 0.0
    for vector in signals(request):
        query = vector if peer == "usearch" else vector.reshape(1, BYTES)
        start, begun = time.perf_counter(), time.process_time()
        keys, distances, limit = found(index, peer, query, request["bits"])
        us.append((time.perf_counter() - start) * 1e6)
        cpu += time.process_time() - begun
        ids.append(sorted(int(key) for key, distance in zip(keys, distances) if distance < limit))
    return {"us": us, "ids": ids, "cpu_us": cpu * 1e6 / len(us)}


print(json.dumps({"peers": peers}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps(build(request) if request["op"] == "build" else search(request)), flush=True)
