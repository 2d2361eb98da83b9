/** What the list of incidents is narrowed to; empty takes all. */
export interface ListFilter {
  readonly status: string;
  readonly issue: string;
  readonly village: string;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The filter as CQL2 text; null when nothing is asked for. */
export function filterText({ status, issue, village }: ListFilter): string | null {
  const parts = [
    ["status", status],
    ["issue", issue],
    ["village_code", village],
  ].filter(([, value]) => value !== "");
  return parts.length > 0 ? parts.map(([name, value]) => `${name} = ${quoted(value as string)}`).join(" AND ") : null;
}
