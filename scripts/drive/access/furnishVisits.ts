import { ask, type Door } from "../fuzz/place.ts";

/** What of visits lies in one kabupaten. */
export interface VisitsOfPlace {
  readonly team: string;
  readonly mediator: string;
  readonly visit: string;
  readonly agreement: string;
  readonly plan: string;
  readonly planRun: string;
  readonly alert: string;
}

export const noVisits: VisitsOfPlace = {
  team: "5f0e9c0e-0000-4000-8000-000000000021",
  mediator: "5f0e9c0e-0000-4000-8000-000000000022",
  visit: "5f0e9c0e-0000-4000-8000-000000000023",
  agreement: "5f0e9c0e-0000-4000-8000-000000000024",
  plan: "5f0e9c0e-0000-4000-8000-000000000025",
  planRun: "5f0e9c0e-0000-4000-8000-000000000026",
  alert: "5f0e9c0e-0000-4000-8000-000000000027",
};

/** A team, a mediator, a visit with a broken promise, and a plan that is assigned; every text a canary. */
export async function furnishVisits(door: Door, area: string, canaryOf: (area: string, field: string) => string): Promise<VisitsOfPlace> {
  const village = `${area}.01.2001`;
  const send = <T>(path: string, body: unknown): Promise<T> =>
    ask<T>(door, path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  const keep = async (kind: string, properties: unknown): Promise<string> =>
    (await send<{ id: string }>(`/api/collections/${kind}/items`, { type: "Feature", geometry: null, properties })).id;
  const team = await keep("teams", { name: canaryOf(area, "Tim"), base_code: village });
  const mediator = await keep("mediators", {
    area_code: village,
    name: canaryOf(area, "Mediator"),
    contact: canaryOf(area, "Kontak"),
    consent_on: "2026-01-01",
  });
  const visit = await keep("visits", {
    village_code: village,
    team_id: team,
    day: "2026-01-05",
    status: "done",
    minutes: canaryOf(area, "Notulen"),
    assessment: canaryOf(area, "Penilaian"),
  });
  const agreement = await keep("agreements", {
    visit_id: visit,
    title: canaryOf(area, "Kesepakatan"),
    items: [{ text: canaryOf(area, "Janji"), responsible: "Kecamatan", due_on: "2026-02-01" }],
  });
  const { run: planRun } = await send<{ run: string }>("/api/processes/visit-plan/execution", {
    inputs: {
      candidates: [village],
      gains: { [village]: 1 },
      travel: {
        codes: [village, "kantor"],
        minutes: [
          [0, 10],
          [10, 0],
        ],
      },
      teams: [{ name: canaryOf(area, "Tim"), base: "kantor", days: ["2030-01-07"] }],
      effort: "quick",
    },
  });
  const { id: plan } = await send<{ id: string }>("/api/visit-plans", { run: planRun });
  const { alerts } = await ask<{ alerts: { id: string }[] }>(door, `/api/alerts?area=${area}`);
  return { team, mediator, visit, agreement, plan, planRun, alert: alerts[0]?.id ?? noVisits.alert };
}
