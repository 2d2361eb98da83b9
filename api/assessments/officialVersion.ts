import { extendOfficialVersion, type OfficialVersion } from "../analysis/risk/officialVersion.ts";
import { addDays } from "../contract/time.ts";
import * as samples from "../queries/samples.ts";
import { getSetting, setSetting } from "../queries/settings.ts";
import { canonical, type Frame } from "./frame.ts";
import { readIndicators, rememberedDays, riskIncidentArrays } from "./riskInputs.ts";
import { defaultIssues } from "./sample.ts";

const setting = "official_version";

/**
 * The constants that scores are measured with: made once from all that is loaded, then frozen, so that scores compare over time and place.
 * While fewer than thirty incidents are known it is provisional and made anew; an indicator loaded later adds its own table and changes no other.
 */
export async function officialVersionFor(frame: Frame, asOf: string): Promise<OfficialVersion> {
  if (frame.officialVersion) return frame.officialVersion;
  const kept = await getSetting<OfficialVersion>(frame.database, setting);
  const year = Number(asOf.slice(0, 4));
  if (kept && !kept.provisional) {
    const loaded = await samples.loadedIndicators(frame.database);
    if (loaded.every(({ id, orientation }) => orientation === null || id in kept.indicators)) return kept;
    return keep(
      frame,
      kept,
      extendOfficialVersion(kept, await readIndicators(frame, await samples.villageCodes(frame.database, null), year)),
    );
  }
  const villages = await samples.villageCodes(frame.database, null);
  const population = new Float64Array(villages.length).fill(Number.NaN);
  const indexOf = new Map(villages.map((code, index) => [code, index]));
  for (const row of await samples.indicatorNear(frame.database, villages, "population", year))
    population[indexOf.get(row.code) ?? -1] = row.value;
  const rows = await samples.riskIncidents(frame.database, villages, {
    from: addDays(asOf, -rememberedDays),
    to: addDays(asOf, 1),
    issues: defaultIssues,
    statuses: ["reported", "verified"],
  });
  const made = await frame.pool.run("freezeOfficialVersion", [
    {
      population,
      incidents: riskIncidentArrays(rows, indexOf, asOf),
      indicators: await readIndicators(frame, villages, year),
      name: `awal ${asOf}`,
    },
  ]);
  return keep(frame, kept, made);
}

async function keep(frame: Frame, kept: OfficialVersion | null, version: OfficialVersion): Promise<OfficialVersion> {
  if (kept && canonical(kept) === canonical(version)) return kept;
  await frame.database.transaction((transaction) => setSetting(transaction, setting, version));
  return version;
}
