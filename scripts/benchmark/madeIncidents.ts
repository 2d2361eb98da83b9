/** How far back made incidents go: as far as the time line does. */
export const dayCount = 1090;
const incidents = 20_000;
const dayMilliseconds = 86_400_000;

/** Incidents of the last three years as CSV, seeded, more of them in some villages than in others. */
export function incidentLines(codes: readonly string[], now = Date.now()): string {
  let state = 7;
  const random = (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x80000000;
  };
  const lines = Array.from({ length: incidents }, (_, n) => {
    const code = codes[(Math.floor(random() ** 2 * codes.length) * 7919) % codes.length];
    const day = new Date(now - dayMilliseconds * (1 + Math.floor(random() * dayCount))).toISOString().slice(0, 10);
    return `${code},${day},${["404", "301", "202"][n % 3]},F${(n % 7) + 1},${(n % 5) + 1},"Bentrokan dua kelompok, nomor ${n}."`;
  });
  return `village_code,occurred_from,issue,form,severity,facts\n${lines.join("\n")}\n`;
}
