/** Parts of the score in points, as far as they are known. */
export interface RiskParts {
  readonly count: number | null;
  readonly kejadian: number | null;
  readonly imbasan: number | null;
  readonly kecenderungan: number | null;
  readonly kerentanan: number | null;
  readonly agenda: number | null;
  readonly potensi: number | null;
}

export type RiskReason = "kejadian" | "imbasan" | "kecenderungan" | "kerentanan" | "agenda" | "potensi";

const names: readonly RiskReason[] = ["kejadian", "potensi", "agenda", "kecenderungan", "imbasan", "kerentanan"];
/** A trend of this many points is that of a village where nothing changes. */
const steadyTrend = 9;
/** Parts smaller than this are no reason. */
const leastPoints = 2;

/** The parts that make a village's score what it is, the largest first, at most two; incidents only where there were some, a trend only where it rises. */
export function riskReasons(parts: RiskParts): RiskReason[] {
  const isReason = (name: RiskReason): boolean => {
    const points = parts[name];
    if (points === null || points < leastPoints) return false;
    if (name === "kejadian") return (parts.count ?? 0) > 0;
    return name !== "kecenderungan" || points > steadyTrend;
  };
  return names
    .filter(isReason)
    .sort((a, b) => (parts[b] as number) - (parts[a] as number))
    .slice(0, 2);
}
