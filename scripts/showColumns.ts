import type { ColumnPreview } from "../api/contract/columnPreview.ts";

const whyWords = { alias: ["nama", "name"], content: ["isi", "content"], remembered: ["diingat", "remembered"] } as const;

/**
 * What is printed of a file's columns: each with examples and what it is likely to be, the fields that are still missing, and the mapping as it can be copied,
 * changed and sent.
 * @param say picks the Indonesian or the English text
 */
export function columnLines(preview: ColumnPreview, say: (indonesian: string, english: string) => string): string[] {
  const percent = (share: number): string => `${Math.round(share * 100)}%`;
  const lines = [`${preview.format}, ${preview.rows} ${say("baris dilihat", "rows looked at")}`];
  if (preview.sheets)
    lines.push(`${say("lembar", "sheets")}: ${preview.sheets.map((name) => (name === preview.sheet ? `[${name}]` : name)).join(", ")}`);
  for (const { message } of preview.notes) lines.push(`  ${message}`);
  for (const { name, examples, filled } of preview.columns) {
    const guess = preview.mapping.find(({ column }) => column === name);
    const taken = guess ? `→ ${guess.field} (${say(whyWords[guess.why][0], whyWords[guess.why][1])})` : "";
    lines.push(`  ${name}  ${percent(filled)}  ${taken}  ${examples.join(" · ")}`);
  }
  const missing = preview.fields.filter(({ name, required }) => required && !preview.mapping.some(({ field }) => field === name));
  for (const { name, expected } of missing) lines.push(`  ${say("belum ada", "missing")}: ${name} (${say(expected.id, expected.en)})`);
  const mapping = Object.fromEntries(preview.mapping.map(({ field, column, value }) => [field, column ?? { value }]));
  return [...lines, `  --mapping '${JSON.stringify(mapping).replaceAll("'", "'\\''")}'`];
}
