import type { ServerResponse } from "node:http";

const bufferBytes = 2 ** 20;
const mostKept = 32;

const free: Buffer[] = [];

/**
 * Ends an answer with pieces as one body. They are copied one behind the other into memory that is used again when the answer is out: to take new memory for
 * each large answer keeps the collector of garbage busier than all else that it takes to answer.
 */
export function endWithPieces(response: ServerResponse, pieces: readonly Uint8Array[]): void {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  response.setHeader("Content-Length", length);
  if (length > bufferBytes) {
    response.end(Buffer.concat(pieces, length));
    return;
  }
  const buffer = free.pop() ?? Buffer.allocUnsafeSlow(bufferBytes);
  let at = 0;
  for (const piece of pieces) {
    buffer.set(piece, at);
    at += piece.length;
  }
  // Handed to the system as a whole by then; an answer that broke off may still be in it, and its memory is left to the collector.
  response.once("finish", () => {
    if (free.length < mostKept) free.push(buffer);
  });
  response.end(buffer.subarray(0, length));
}
