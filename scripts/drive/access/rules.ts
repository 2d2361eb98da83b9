import { visitRules } from "./visitRules.ts";
import { type Place, roles } from "./world.ts";

type Role = (typeof roles)[number];

/** Who may pass the door of a route, and how it is asked about a place. */
export interface AccessRule {
  /** As in OpenAPI: `get /api/roster/{line}`. */
  readonly route: string;
  readonly who: "anyone" | readonly Role[];
  /** The query with which it is asked about the place; the path's places are filled from the place itself. */
  readonly query?: (place: Place) => string;
  readonly body?: (place: Place) => unknown;
  /** Public or one's own: the answer does not depend on the place, or shows names and shapes that all may see. */
  readonly isSameEverywhere?: true;
  /** Only for those who are bound to no area; others are refused whatever their role. */
  readonly isNational?: true;
  /** What the path's places hold, where they are not the place's own. */
  readonly path?: Readonly<Record<string, string>>;
  /** Not asked in the matrix, with the reason; a test of its own looks at it. */
  readonly leftOut?: string;
}

const every: readonly Role[] = roles;
const filing: readonly Role[] = ["reporter", "partner", "analyst", "leader", "verifier", "admin"];
const team: readonly Role[] = ["analyst", "leader", "verifier", "admin"];
const counting: readonly Role[] = ["viewer", ...team];
const verifying: readonly Role[] = ["verifier", "admin"];
const sending: readonly Role[] = ["analyst", "verifier", "admin"];
const admin: readonly Role[] = ["admin"];

const anyone = (route: string): AccessRule => ({ route, who: "anyone", isSameEverywhere: true });
const open = (route: string, who: readonly Role[] = every, path: AccessRule["path"] = {}): AccessRule => ({
  route,
  who,
  path,
  isSameEverywhere: true,
});
const items = { collection: "incidents" };
const incidentBody = (place: Place): unknown => ({
  type: "Feature",
  geometry: null,
  // Refused for its severity where the village is right, so that asking changes nothing.
  properties: { village_code: place.village, occurred_from: "2026-01-01", issue: "404", form: "F6", facts: "Uji", severity: 9 },
});
const areas = (place: Place): string => `?areas=${place.area}`;
const within = (place: Place): string => `?within=${place.area}`;
const incidents = "/api/collections/incidents/items";
const reports = "/api/collections/reports/items";
const potentials = "/api/collections/potentials/items";
const noBody = (): unknown => ({});

/** Every route, who may use it, and how it is asked about a place. A test compares the list with the routes themselves. */
export const accessRules: readonly AccessRule[] = [
  ...["get /api/health", "get /api", "get /api/conformance", "get /api/taxonomy", "get /api/session"].map(anyone),
  ...["get /api/tileMatrixSets", "get /api/tileMatrixSets/WebMercatorQuad", "get /api/session/openid", "get /api/session/openid/back"].map(
    anyone,
  ),
  { ...anyone("post /api/session"), leftOut: "signing in is limited by name and address" },
  { ...anyone("delete /api/session"), leftOut: "it ends the session that asks" },
  { ...anyone("post /api/setup"), leftOut: "it takes a link that is gone when there are people" },

  open("get /api/collections"),
  open("get /api/collections/{collection}", every, { collection: "villages" }),
  open("get /api/collections/{collection}/queryables", every, { collection: "villages" }),
  open("get /api/collections/{collection}/sortables", every, { collection: "villages" }),
  open("get /api/collections/{collection}/tiles", every, { collection: "villages" }),
  open("get /api/collections/{collection}/tiles/WebMercatorQuad", every, { collection: "villages" }),
  open("get /api/collections/{collection}/tiles/WebMercatorQuad/tilejson", every, { collection: "villages" }),
  open("get /api/collections/{collection}/tiles/WebMercatorQuad/{z}/{y}/{x}", every, {
    collection: "villages",
    z: "8",
    y: "133",
    x: "208",
  }),
  open("get /api/vintages"),
  open("get /api/processes"),
  open("get /api/processes/{process}", every, { process: "rates" }),
  open("get /api/jobs"),
  { ...open("get /api/events"), leftOut: "it never ends" },
  { route: "get /api/areas", who: every, query: within },
  { route: "get /api/places", who: every, query: (place) => `?q=Desa&within=${place.area}` },
  { route: "get /api/crosswalk", who: every, query: (place) => `?from=2025&to=2025&codes=${place.village}` },
  { route: "get /api/values/codes/{areaSet}", who: every, isSameEverywhere: true },

  { route: "get /api/collections/{collection}/items", who: filing, path: items, query: (place) => `?village_code=${place.village}` },
  { route: "get /api/collections/{collection}/items/{item}", who: filing, path: items },
  { route: `post ${incidents}`, who: filing, body: incidentBody },
  { route: `put ${incidents}/{item}`, who: filing, body: incidentBody },
  { route: `patch ${incidents}/{item}`, who: filing, body: incidentBody },
  { route: `delete ${incidents}/{item}`, who: verifying },
  { route: `post ${incidents}/{item}/verification`, who: filing, body: () => ({ to: "reported" }) },
  { route: `get ${incidents}/{item}/history`, who: team },
  { route: `get ${incidents}/{item}/shares`, who: team },
  { route: `put ${incidents}/{item}/shares/{person}`, who: team, path: { person: "tiada" } },
  { route: `delete ${incidents}/{item}/shares/{person}`, who: team, path: { person: "tiada" } },
  { route: `put ${incidents}/{item}/reports/{report}`, who: team },
  { route: `delete ${incidents}/{item}/reports/{report}`, who: team },
  { route: "post /api/incidents/{item}/merge", who: verifying, body: (place) => ({ into: place.other }) },
  { route: "post /api/incidents/{item}/unmerge", who: verifying },
  { route: "get /api/incidents/duplicates", who: verifying, query: areas },
  { route: "put /api/incidents/duplicates", who: verifying, body: (place) => ({ first: place.incident, second: place.other }) },
  {
    route: `post ${reports}`,
    who: filing,
    body: (place) => ({ type: "Feature", geometry: null, properties: { village_code: place.village, nil: 3 } }),
  },
  {
    route: `put ${reports}/{item}`,
    who: filing,
    body: (place) => ({ type: "Feature", geometry: null, properties: { village_code: place.village, nil: 3 } }),
  },
  { route: `delete ${reports}/{item}`, who: verifying },
  { route: `post ${reports}/{item}/verification`, who: filing, body: () => ({ to: "reported" }) },
  { route: `get ${reports}/{item}/history`, who: team },
  { route: `get ${reports}/{item}/shares`, who: team },
  { route: `put ${reports}/{item}/shares/{person}`, who: team, path: { person: "tiada" } },
  { route: `delete ${reports}/{item}/shares/{person}`, who: team, path: { person: "tiada" } },
  { route: `post ${reports}/{item}/attachments`, who: filing, leftOut: "its body is a form; see the attachments' own test" },
  { route: `get ${reports}/{item}/attachments`, who: filing },
  { route: `get ${reports}/{item}/attachments/{attachment}`, who: filing },
  { route: `delete ${reports}/{item}/attachments/{attachment}`, who: filing, leftOut: "it would be gone for the next cell" },
  { route: "post /api/reports/draft", who: filing, body: (place) => ({ text: "Bentrok di Desa", within: place.area }) },
  { route: "get /api/reports/{item}/identity", who: team },
  { route: "put /api/reports/{item}/identity", who: filing, body: noBody },
  { route: "post /api/reports/{item}/identity", who: team, body: () => ({ reason: "uji hak akses saja" }) },
  { route: "delete /api/reports/{item}/identity", who: team, body: () => ({ reason: "uji hak akses saja" }) },
  { ...open("post /api/identities/search", team), isNational: true, body: () => ({ reason: "uji hak akses saja", name: "Kenari" }) },
  {
    route: `post ${potentials}`,
    who: team,
    body: (place) => ({ type: "Feature", geometry: null, properties: { village_code: place.village, issue: "205", title: 3 } }),
  },
  {
    route: `put ${potentials}/{item}`,
    who: team,
    body: (place) => ({ type: "Feature", geometry: null, properties: { village_code: place.village, issue: "205", title: 3 } }),
  },
  { route: `delete ${potentials}/{item}`, who: verifying },
  { route: "get /api/potentials/{item}/history", who: team },
  ...visitRules,
  { route: "get /api/roster", who: verifying, query: (place) => `?area=${place.area}` },
  { route: "post /api/roster", who: verifying, body: (place) => ({ area_code: place.area, cadence: "kapan", valid_from: "2026-01-01" }) },
  { route: "get /api/roster/{line}", who: verifying },
  { route: "put /api/roster/{line}", who: verifying, body: noBody },
  { route: "delete /api/roster/{line}", who: verifying },

  { route: "get /api/values/coverage", who: counting, query: areas },
  { route: "get /api/coverage", who: counting, query: areas },
  { route: "get /api/coverage/{village}", who: team },
  ...["risk", "hotspots", "population", "counts"].map((kind) => ({ route: `get /api/values/${kind}`, who: counting, query: areas })),
  { route: "get /api/values/indicators", who: team, query: areas },
  { route: "get /api/values/trend", who: team, query: (place) => `?area=${place.village}` },
  {
    route: "post /api/processes/{process}/execution",
    who: team,
    path: { process: "rates" },
    body: (place) => ({ inputs: { areas: [place.area] } }),
  },
  { route: "get /api/jobs/{job}", who: every },
  { route: "get /api/jobs/{job}/results", who: every },
  { route: "delete /api/jobs/{job}", who: every },
  { route: "get /api/runs", who: team, query: (place) => `?process=risk&area=${place.area}` },
  { route: "get /api/runs/{run}", who: team },
  { route: "get /api/letterhead", who: counting, query: (place) => `?area=${place.area}` },
  { route: "put /api/letterhead", who: admin, query: (place) => `?area=${place.area}`, body: () => ({ office: 3 }) },
  { route: "post /api/briefs", who: counting, body: (place) => ({ area: place.area }) },
  { route: "get /api/exports/view", who: counting, query: (place) => `?f=csv&areas=${place.area}` },
  { route: "get /api/exports/caption", who: counting, query: areas },
  { route: "get /api/imports", who: sending },
  open("post /api/imports/{job}/undo", sending, { job: "1" }),
  { route: "get /api/imports/{job}/boundary-report", who: every },
  { ...open("post /api/imports/{kind}", sending, { kind: "incidents" }), leftOut: "it makes a job each time; see the imports' own tests" },
  {
    ...open("post /api/imports/{kind}/columns", sending, { kind: "incidents" }),
    leftOut: "it takes a file; see the column preview's own tests",
  },
  { route: "get /api/queue", who: sending, query: within },
  open("post /api/queue/{id}/settle", sending, { id: "1" }),
  open("post /api/queue/{id}/undo", sending, { id: "1" }),

  open("get /api/account"),
  open("get /api/account/sessions"),
  open("get /api/account/tokens"),
  ...[
    "put /api/account/password",
    "post /api/account/totp",
    "put /api/account/totp",
    "post /api/account/totp/off",
    "post /api/account/tokens",
  ].map((route): AccessRule => ({ ...open(route), body: noBody })),
  open("delete /api/account/sessions"),
  open("delete /api/account/sessions/{session}", every, { session: "5f0e9c0e-0000-4000-8000-000000000010" }),
  open("delete /api/account/tokens/{token}", every, { token: "5f0e9c0e-0000-4000-8000-000000000010" }),
  open("get /api/users", admin),
  { ...open("post /api/users", admin), body: noBody },
  { route: "get /api/users/{name}", who: admin },
  { route: "patch /api/users/{name}", who: admin, body: () => ({ role: "raja" }) },
  { route: "delete /api/users/{name}", who: admin, leftOut: "they would be gone for the next cell; see the people's own test" },
  { route: "get /api/users/{name}/sessions", who: admin },
  { route: "delete /api/users/{name}/sessions", who: admin },
  { route: "delete /api/users/{name}/totp", who: admin },
  { route: "delete /api/users/{name}/openid", who: admin },
  { route: "get /api/users/{name}/tokens", who: admin },
  { route: "post /api/users/{name}/tokens", who: admin, body: () => ({ role: "raja" }) },
  { route: "delete /api/users/{name}/tokens/{token}", who: admin, path: { token: "5f0e9c0e-0000-4000-8000-000000000010" } },
  open("get /api/audit", admin),
  { ...open("get /api/audit/verification", admin), isNational: true },
  { ...open("get /api/audit/head", admin), isNational: true },
  { ...open("get /api/audit/retention", admin), isNational: true },
  { ...open("put /api/audit/retention", admin), isNational: true, body: noBody },
  { ...open("post /api/audit/retention", admin), leftOut: "it purges for good" },
  { ...open("get /api/identity-openers", admin), isNational: true },
  { ...open("put /api/identity-openers/{name}", admin, { name: "tiada" }), isNational: true },
  { ...open("delete /api/identity-openers/{name}", admin, { name: "tiada" }), isNational: true },
  { ...open("post /api/identity-key/rotation", admin), leftOut: "it makes a new key each time" },
  { ...open("get /api/backup", admin), isNational: true },
  { ...open("delete /api/demo", admin), leftOut: "it would remove the demo's areas" },
  { ...open("delete /api/vintages/{year}", admin, { year: "1999" }) },
];

/** The places that a person who is bound to the first is asked about. */
export const placesAsked = ["own", "other", "nowhere"] as const;
export type PlaceAsked = (typeof placesAsked)[number];
