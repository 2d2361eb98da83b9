import { problem } from "../problem.ts";

/** Media types by the names that `f=` takes. */
export const mediaTypes = {
  json: "application/json",
  geojson: "application/geo+json",
  html: "text/html",
  csv: "text/csv",
  arrow: "application/vnd.apache.arrow.stream",
  fgb: "application/flatgeobuf",
} as const;
export type Format = keyof typeof mediaTypes;

/** How much the header wants a media type, 0 to 1: the most particular of its ranges counts. */
function quality(header: string, type: string): number {
  let best = { rank: -1, quality: 0 };
  for (const part of header.split(",")) {
    const [range = "", ...parameters] = part
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/);
    const rank = range === type ? 2 : range === `${type.split("/")[0]}/*` ? 1 : range === "*/*" ? 0 : -1;
    const told = parameters.map((parameter) => /^q=([\d.]+)$/.exec(parameter)?.[1]).find((value) => value !== undefined);
    if (rank > best.rank) best = { rank, quality: told === undefined ? 1 : Number(told) || 0 };
  }
  return best.quality;
}

/**
 * The format to answer in: `f` before `Accept`; of equally wanted ones the first offered, and that one too for somebody who wants none of them.
 * @throws invalid_parameter for an `f` that is not offered
 */
export function wantedFormat<Offered extends Format>(
  f: string | undefined,
  accept: string | undefined,
  offered: readonly Offered[],
): Offered {
  const [first] = offered as readonly [Offered, ...Offered[]];
  if (f !== undefined) {
    const asked = f === "json" && !offered.includes("json" as Offered) ? "geojson" : f;
    const found = offered.find((format) => format === asked);
    if (!found) throw problem("invalid_parameter", { field: "f", value: f, expected: offered.join(", ") });
    return found;
  }
  if (!accept) return first;
  const ranked = offered.map((format) => ({ format, wanted: quality(accept, mediaTypes[format]) })).sort((a, b) => b.wanted - a.wanted);
  return ranked[0] && ranked[0].wanted > 0 ? ranked[0].format : first;
}

/** Links to the same thing in the other formats, as the standard wants them: `self` for this one, `alternate` for the rest. */
export function formatLinks(url: URL, shown: Format, offered: readonly Format[]): { rel: string; type: string; href: string }[] {
  return offered.map((format) => {
    const other = new URL(url);
    other.searchParams.set("f", format);
    return format === shown
      ? { rel: "self", type: mediaTypes[format], href: url.href }
      : { rel: "alternate", type: mediaTypes[format], href: other.href };
  });
}
