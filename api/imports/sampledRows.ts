import type { FileRow } from "../formats/rows.ts";

/** The rows of a file, the first of them already at hand to be judged by. */
export interface SampledRows extends AsyncIterable<readonly FileRow[]> {
  readonly sample: readonly FileRow[];
}

/** Reads the first batches, until at least `wanted` rows are there, and hands on all of them as they come. Holds the sample in memory until it is passed. */
export async function sampleRows(rows: AsyncGenerator<readonly FileRow[]>, wanted: number): Promise<SampledRows> {
  const first: (readonly FileRow[])[] = [];
  let count = 0;
  while (count < wanted) {
    const next = await rows.next();
    if (next.done) break;
    first.push(next.value);
    count += next.value.length;
  }
  return {
    // Shapes are large, and nothing is judged by them.
    sample: first.flat().map(({ geometry: _, ...row }) => row),
    async *[Symbol.asyncIterator]() {
      try {
        for (let part = first.shift(); part; part = first.shift()) yield part;
        yield* rows;
      } finally {
        await rows.return(undefined);
      }
    },
  };
}
