/**
 * Reads a stream of bytes in pieces of wanted lengths. Holds no more than one piece of the source beyond what is asked.
 * @module
 */

/** A stream, read by lengths. */
export class ByteReader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #left: Uint8Array = new Uint8Array(0);
  #ended = false;
  #taken = 0;

  constructor(stream: ReadableStream<Uint8Array>) {
    this.#reader = stream.getReader();
  }

  /** Bytes that were taken so far. */
  get taken(): number {
    return this.#taken;
  }

  /** The next `most` bytes, or fewer where the stream ends before. Rejects as the source does. */
  async take(most: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(most);
    let used = 0;
    while (used < most && (await this.#fill())) {
      const piece = this.#left.subarray(0, most - used);
      bytes.set(piece, used);
      used += piece.length;
      this.#left = this.#left.subarray(piece.length);
    }
    this.#taken += used;
    return bytes.subarray(0, used);
  }

  /** The bytes up to and with the next `end`, or up to `most` or the stream's end where none comes before. */
  async takeThrough(end: number, most: number): Promise<Uint8Array> {
    const pieces: Uint8Array[] = [];
    let used = 0;
    while (used < most && (await this.#fill())) {
      const piece = this.#left.subarray(0, most - used);
      const at = piece.indexOf(end);
      pieces.push(at < 0 ? piece : piece.subarray(0, at + 1));
      used += pieces.at(-1)?.length ?? 0;
      this.#left = this.#left.subarray(at < 0 ? piece.length : at + 1);
      if (at >= 0) break;
    }
    this.#taken += used;
    const line = new Uint8Array(used);
    let to = 0;
    for (const piece of pieces) {
      line.set(piece, to);
      to += piece.length;
    }
    return line;
  }

  /** Whether nothing comes any more. */
  async isAtEnd(): Promise<boolean> {
    return !(await this.#fill());
  }

  /** Leaves the source: it is told that nobody reads on. */
  async leave(reason?: unknown): Promise<void> {
    this.#left = new Uint8Array(0);
    this.#ended = true;
    await this.#reader.cancel(reason);
  }

  async #fill(): Promise<boolean> {
    while (this.#left.length === 0 && !this.#ended) {
      const { done, value } = await this.#reader.read();
      if (done) this.#ended = true;
      else this.#left = value;
    }
    return this.#left.length > 0;
  }
}
