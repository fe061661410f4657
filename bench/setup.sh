#!/bin/sh
# Installs the peers that `reclaim bench` measures beside us into bench/.venv. Nothing else in the project needs them.
# Versions are pinned: a figure names the version that it was measured against.
set -eu
cd "$(dirname "$0")"
python3 -m venv .venv
.venv/bin/python -m pip install --quiet 'pdqhash==0.2.8' 'numpy==2.4.6' 'faiss-cpu==1.15.1' 'usearch==2.26.6' \
  'imagehash==4.3.2' 'pillow==12.2.0'
.venv/bin/python -c 'from importlib.metadata import version
for name in ("pdqhash", "faiss-cpu", "usearch", "imagehash"): print(name, version(name))'
# Without its dependencies: they are the neural method's, which is not asked, and torch is a gigabyte.
.venv/bin/python -m pip install --quiet --no-deps 'invisible-watermark==0.2.0' 'opencv-python-headless==5.0.0.93' 'PyWavelets==1.9.0'
