"""Fills the database of HMA (hasher-matcher-actioner) with PDQ hashes and has HMA build its index of them.

Started by bench/hma.ts in HMA's own folder with OMM_CONFIG set. One line of JSON on stdout: the seconds of the build, which
is HMA's own background task called once. The hashes go into its tables by COPY: what its interface takes, one request a
hash, is not what is measured.
"""

import io
import json
import sys
import time

from OpenMediaMatch.app import create_app
from OpenMediaMatch.background_tasks.build_index import build_all_indices
from OpenMediaMatch.persistence import get_storage
from OpenMediaMatch.storage.postgres.database import db

hashes = open(sys.argv[1], "rb").read()
count = len(hashes) // 32
app = create_app()
with app.app_context():
    connection = db.engine.raw_connection()
    cursor = connection.cursor()
    cursor.execute("insert into bank (id, name, enabled_ratio) values (1, 'BENCH', 1.0)")
    content = io.StringIO("".join(f"{i + 1}\t1\t0\n" for i in range(count)))
    cursor.copy_expert("copy bank_content (id, bank_id, disable_until_ts) from stdin", content)
    signals = io.StringIO(
        "".join(f"{i + 1}\tpdq\t{hashes[32 * i:32 * i + 32].hex()}\n" for i in range(count))
    )
    cursor.copy_expert("copy content_signal (content_id, signal_type, signal_val) from stdin", signals)
    connection.commit()
    connection.close()
    storage = get_storage()
    begun = time.perf_counter()
    build_all_indices(storage, storage, storage)
    print(json.dumps({"build_s": time.perf_counter() - begun}))
