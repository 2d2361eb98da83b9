const separators = [",", ";", "\t", "|"] as const;
const linesLooked = 60;

/** How often each separator parts each of the first lines, outside of quotes; a quoted line break ends no line. */
function partsByLine(start: string): number[][] {
  const lines: number[][] = [];
  let parts = separators.map(() => 1);
  let isQuoted = false;
  let isBlank = true;
  for (const sign of start) {
    if (sign === '"') isQuoted = !isQuoted;
    if (!isQuoted && (sign === "\n" || sign === "\r")) {
      if (!isBlank) lines.push(parts);
      if (lines.length >= linesLooked) return lines;
      parts = separators.map(() => 1);
      isBlank = true;
      continue;
    }
    isBlank &&= sign.trim() === "" && sign !== "\t";
    const index = isQuoted ? -1 : separators.indexOf(sign as (typeof separators)[number]);
    if (index >= 0) parts[index]!++;
  }
  // The last line may be cut off; it only counts when there is no other.
  if (lines.length === 0) lines.push(parts);
  return lines;
}

/** The commonest number of parts above one, and the share of lines that have it. */
function agreement(counts: readonly number[]): { parts: number; share: number } {
  const times = new Map<number, number>();
  for (const count of counts) if (count > 1) times.set(count, (times.get(count) ?? 0) + 1);
  let best = { parts: 1, share: 0 };
  for (const [parts, n] of times) {
    const share = n / counts.length;
    if (share > best.share || (share === best.share && parts > best.parts)) best = { parts, share };
  }
  return best;
}

/**
 * The separator that parts the most lines into equally many cells, outside of quotes: so decimal commas in a table of semicolons, and titles above the
 * columns, do not mislead. Excel's `sep=;` line says it outright.
 */
export function guessSeparator(start: string): { separator: string; announced: boolean } {
  const announced = /^\ufeff?sep=(.)\r?\n/i.exec(start)?.[1];
  if (announced) return { separator: announced, announced: true };
  const lines = partsByLine(start);
  const judged = separators.map((separator, index) => ({ separator, ...agreement(lines.map((line) => line[index]!)) }));
  const best = judged.reduce((a, b) => (b.share > a.share || (b.share === a.share && b.parts > a.parts) ? b : a));
  return { separator: best.share > 0 ? best.separator : ",", announced: false };
}
