"""The peers of `reclaim bench altered`: PyPI `pdqhash` and `imagehash`, on the pixels of one upload at a time.

Speaks lines of JSON on standard input and output: {"path": "...", "width": 512, "height": 512} (interleaved RGB bytes)
-> {"pdqhash": "<64 hex>", "imagehash": "<16 hex>"}. The first line printed is {"peers": {name: version}}.
"""

import json
import sys
from importlib.metadata import version

import imagehash
import numpy
import pdqhash
from PIL import Image

print(json.dumps({"peers": {name: version(name) for name in ("pdqhash", "imagehash")}}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    data = numpy.fromfile(request["path"], dtype=numpy.uint8)
    pixels = data.reshape(request["height"], request["width"], 3)
    bits, _ = pdqhash.compute(pixels)
    value = int("".join("1" if bit else "0" for bit in bits), 2)
    print(
        json.dumps({"pdqhash": f"{value:064x}", "imagehash": str(imagehash.phash(Image.fromarray(pixels)))}),
        flush=True,
    )
