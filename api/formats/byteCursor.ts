/** Reads a stream of bytes in pieces of the size one asks for. Has a life: it moves forward until it is closed. */
export class ByteCursor {
  readonly #iterator: AsyncIterator<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array(0);
  #at = 0;
  /** How many bytes have been taken. */
  position = 0;

  constructor(bytes: AsyncIterable<Uint8Array>) {
    this.#iterator = bytes[Symbol.asyncIterator]();
  }

  async #next(): Promise<boolean> {
    while (this.#at >= this.#chunk.length) {
      const next = await this.#iterator.next();
      if (next.done) return false;
      this.#chunk = next.value;
      this.#at = 0;
    }
    return true;
  }

  /**
   * The next `length` bytes, or fewer where the stream ends. Memory grows with what has arrived, never with what a file claims to hold;
   * the bytes are valid until the next call.
   */
  async take(length: number): Promise<Uint8Array> {
    if (this.#at + length <= this.#chunk.length) {
      this.position += length;
      this.#at += length;
      return this.#chunk.subarray(this.#at - length, this.#at);
    }
    const pieces: Uint8Array[] = [];
    let missing = length;
    while (missing > 0 && (await this.#next())) {
      const piece = this.#chunk.subarray(this.#at, this.#at + missing);
      pieces.push(piece);
      this.#at += piece.length;
      missing -= piece.length;
    }
    this.position += length - missing;
    return Buffer.concat(pieces);
  }

  /** Passes over `length` bytes; false where the stream ends before. */
  async skip(length: number): Promise<boolean> {
    let missing = length;
    while (missing > 0 && (await this.#next())) {
      const step = Math.min(missing, this.#chunk.length - this.#at);
      this.#at += step;
      missing -= step;
      this.position += step;
    }
    return missing === 0;
  }

  /** Reads on to the end, where a stream may still have something to complain of. */
  async drain(): Promise<void> {
    while (await this.#next()) this.#at = this.#chunk.length;
  }

  async close(): Promise<void> {
    await this.#iterator.return?.();
  }
}
