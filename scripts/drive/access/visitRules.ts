import type { AccessRule } from "./rules.ts";
import type { Place, roles } from "./world.ts";

type Role = (typeof roles)[number];

const planners: readonly Role[] = ["leader", "admin"];
const team: readonly Role[] = ["analyst", "leader", "verifier", "admin"];
const feature = (properties: unknown): unknown => ({ type: "Feature", geometry: null, properties });
// Each is refused where the place is right, so that asking changes nothing.
const bodies: Readonly<Record<string, (place: Place) => unknown>> = {
  visits: (place) => feature({ village_code: place.village, status: "bubar" }),
  agreements: (place) => feature({ visit_id: place.visit, title: 3 }),
  mediators: (place) => feature({ area_code: place.village, name: "Uji" }),
  teams: (place) => feature({ area_code: place.area, name: 3 }),
};
const noBody = (): unknown => ({});
const files = "/api/collections/visits/items/{item}/attachments";

/** Who may do what with visits, agreements, mediators, teams and alerts. */
export const visitRules: readonly AccessRule[] = [
  ...Object.entries(bodies).flatMap(([kind, body]): AccessRule[] => {
    const items = `/api/collections/${kind}/items`;
    return [
      { route: `post ${items}`, who: planners, body },
      { route: `patch ${items}/{item}`, who: planners, body: noBody },
      { route: `delete ${items}/{item}`, who: planners },
      ...(kind === "mediators" ? [] : [{ route: `get ${items}/{item}/history`, who: planners }]),
    ];
  }),
  { route: `post ${files}`, who: planners, leftOut: "its body is a form; see the plans' own test" },
  { route: `get ${files}`, who: planners },
  { route: `get ${files}/{attachment}`, who: planners },
  { route: `delete ${files}/{attachment}`, who: planners },
  { route: "post /api/visit-plans", who: planners, body: (place) => ({ id: place.visit, run: place.planRun, title: " " }) },
  { route: "get /api/visit-plans", who: planners, isSameEverywhere: true },
  { route: "get /api/similar-visits", who: planners, query: (place) => `?village=${place.village}` },
  { route: "get /api/visit-plans/{plan}", who: planners },
  { route: "patch /api/visit-plans/{plan}", who: planners, body: noBody },
  { route: "delete /api/visit-plans/{plan}", who: planners },
  { route: "get /api/visit-teams/{team}/calendar", who: planners },
  { route: "get /api/visit-teams/{team}/papers/{paper}", who: planners, path: { paper: "surat-perintah-tugas" } },
  { route: "get /api/visits/{visit}/papers/{paper}", who: planners, path: { paper: "notulen" } },
  { route: "get /api/alerts", who: team, query: (place) => `?area=${place.area}` },
  { route: "get /api/alerts/{alert}", who: team },
  { route: "put /api/alerts/{alert}/owner", who: team },
  { route: "delete /api/alerts/{alert}/owner", who: team },
  { route: "post /api/alerts/{alert}/answer", who: team, body: () => ({ answer: "" }) },
];
