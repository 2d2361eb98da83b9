import { type FindingKindId, findingKinds } from "../contract/boundaryFindingKinds.ts";
import type { BoundaryFinding } from "../contract/boundaryReport.ts";
import { findingSentence } from "../contract/findingSentence.ts";
import type { Language } from "../problem.ts";
import type { KeptFinding } from "../queries/boundaryFindings.ts";

const unknown: Omit<BoundaryFinding, "number" | "kind" | "severity" | "message"> = {
  row: null,
  code: null,
  name: null,
  otherCode: null,
  otherName: null,
  around: [],
  squareMetres: null,
  squareMetresBefore: null,
  squareMetresAfter: null,
  widthMetres: null,
  compactness: null,
  isSliver: null,
  metres: null,
  share: null,
  value: null,
  expected: null,
  reason: null,
  position: null,
};

/** A finding as it travels. */
export function findingOf({ number, kind: id, content }: KeptFinding, language: Language): BoundaryFinding {
  const kind = id as FindingKindId;
  const finding = { number, kind, severity: findingKinds[kind].severity, ...unknown, ...(JSON.parse(content) as object) };
  return { ...finding, message: findingSentence(finding, language) };
}

/** A finding as one line of a table: the place as two columns. */
export function lineOf(kept: KeptFinding, language: Language): Record<string, unknown> {
  const { position, around, ...finding } = findingOf(kept, language);
  return { ...finding, around: around.join(" "), longitude: position?.[0] ?? null, latitude: position?.[1] ?? null };
}

/** A finding as a GeoJSON feature, its geometry taken over as kept. */
export function featureOf(kept: KeptFinding, language: Language): string {
  const { number, ...finding } = findingOf(kept, language);
  return `{"type":"Feature","id":${number},"geometry":${kept.geojson ?? "null"},"properties":${JSON.stringify({ number, ...finding })}}`;
}
