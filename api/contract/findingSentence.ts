import { findingKinds, reasonWords } from "./boundaryFindingKinds.ts";
import type { BoundaryFinding } from "./boundaryReport.ts";

const shownAround = 4;

/** An area as people read it: km² from a tenth of one on. */
export function areaText(squareMetres: number, language: "id" | "en"): string {
  const isLarge = squareMetres >= 100_000;
  const value = isLarge ? squareMetres / 1e6 : squareMetres;
  const format = new Intl.NumberFormat(language, { maximumSignificantDigits: isLarge ? 4 : 6, maximumFractionDigits: isLarge ? 3 : 0 });
  return `${format.format(isLarge || value < 10 ? Number(value.toPrecision(4)) : Math.round(value))} ${isLarge ? "km²" : "m²"}`;
}

/** A finding in a sentence. */
export function findingSentence(finding: Omit<BoundaryFinding, "message">, language: "id" | "en"): string {
  const number = (value: number, digits: number): string =>
    new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
  const text = (field: string): string => {
    const value = finding[field as keyof typeof finding];
    if (value === null || value === undefined) return "—";
    if (field.startsWith("squareMetres")) return areaText(value as number, language);
    if (field === "metres" || field === "widthMetres") return `${number(value as number, (value as number) < 10 ? 1 : 0)} m`;
    if (field === "share") return `${number(100 * (value as number), 2)}%`;
    if (field === "reason") return reasonWords[value as string]?.[language] ?? String(value);
    if (field === "around") {
      const { around } = finding;
      const more = around.length - shownAround;
      return `${around.slice(0, shownAround).join(", ")}${more > 0 ? (language === "id" ? ` dan ${more} lagi` : ` and ${more} more`) : ""}`;
    }
    return String(value);
  };
  return findingKinds[finding.kind].sentence[language].replace(/\{(\w+)\}/g, (_, field: string) => text(field));
}
