"""The peer of `reclaim bench hash`: PyPI `pdqhash`, the binding to PDQ's C++ reference that other systems hash with.

Speaks lines of JSON on standard input and output, so that the two sides can take turns:
  {"path": "...", "width": 512, "height": 512, "rounds": 1}  ->  {"ms": [6.1], "hash": "<64 hex>", "quality": 100}
The file holds interleaved RGB bytes. Reading it is not timed; only the call to `pdqhash.compute` is.
The first line printed is {"name": "pdqhash", "version": "..."}.
"""

import json
import sys
import time
from importlib.metadata import version

import numpy
import pdqhash

pictures = {}


def picture(request):
    key = (request["path"], request["width"], request["height"])
    if key not in pictures:
        data = numpy.fromfile(request["path"], dtype=numpy.uint8)
        pictures.clear()
        pictures[key] = data.reshape(request["height"], request["width"], 3)
    return pictures[key]


def answer(request):
    pixels = picture(request)
    ms = []
    for _ in range(request.get("rounds", 1)):
        start = time.perf_counter()
        bits, quality = pdqhash.compute(pixels)
        ms.append((time.perf_counter() - start) * 1000)
    # The vector holds the most significant bit first, as the hexadecimal form does.
    value = int("".join("1" if bit else "0" for bit in bits), 2)
    return {"ms": ms, "hash": f"{value:064x}", "quality": int(quality)}


print(json.dumps({"name": "pdqhash", "version": version("pdqhash")}), flush=True)
for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
