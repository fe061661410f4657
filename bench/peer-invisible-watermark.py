"""The peer of `reclaim bench watermark`: PyPI `invisible-watermark`, method dwtDctSvd, 32 bits, blind.

Speaks lines of JSON on standard input and output:
  {"mark": "in.png", "to": "out.png", "bits": "<8 hex>"}   ->  {"ok": true}
  {"read": "leaked.jpg"}                                   ->  {"bits": "<8 hex>"}
Its neural method needs torch and its weights and is not asked; the module is imported with stand-ins for both.
The first line printed is {"name": "invisible-watermark", "version": "..."}.
"""

import json
import sys
import types
from importlib.metadata import version

for name in ("torch", "onnxruntime"):
    sys.modules.setdefault(name, types.ModuleType(name))

import cv2
from imwatermark import WatermarkDecoder, WatermarkEncoder

METHOD = "dwtDctSvd"


def answer(request):
    if "mark" in request:
        encoder = WatermarkEncoder()
        encoder.set_watermark("bytes", bytes.fromhex(request["bits"]))
        cv2.imwrite(request["to"], encoder.encode(cv2.imread(request["mark"]), METHOD))
        return {"ok": True}
    picture = cv2.imread(request["read"])
    if picture is None or picture.shape[0] * picture.shape[1] < 256 * 256:
        return {"bits": ""}
    return {"bits": WatermarkDecoder("bytes", 32).decode(picture, METHOD).hex()}


print(json.dumps({"name": "invisible-watermark", "version": version("invisible-watermark")}), flush=True)
for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
