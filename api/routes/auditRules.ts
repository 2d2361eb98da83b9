import { auditObject } from "../access/audit.ts";
import type { AuditRule } from "../access/trail.ts";
import type { AuditAction } from "../contract/auditActions.ts";
import type { Answer } from "../endpoint.ts";

type Path = Readonly<Record<string, string>>;

const open = (because: string): AuditRule => ({ kind: "open", because });
const publicKnowledge = open("wilayah dan daftar umum / places and lists that are public");
const figures = open("angka per wilayah, bukan orang atau peristiwa / figures of areas, not of people or events");
const aboutOneself = open("tentang diri sendiri / about oneself");

const noted: AuditRule = { kind: "noted" };

const read = (what: AuditAction, object: (path: Path) => string | null): AuditRule => ({ kind: "read", what, object });
const change = (what: AuditAction, object: (path: Path, result: unknown) => string | null): AuditRule => ({ kind: "change", what, object });

// Only what tells of people and events is noted; whoever reads the villages reads a map.
const protectedCollections = new Set(["incidents", "reports", "potentials", "visits", "agreements", "mediators", "teams"]);

const ofPath =
  (kind: string, name: string) =>
  (path: Path): string =>
    auditObject(kind, path[name]);

/** The object of something new: from the address in its Location; a repetition (200) made nothing. */
const created =
  (kind: string) =>
  (_path: Path, result: unknown): string | null => {
    const { status, headers } = result as Answer;
    return status === 201 ? auditObject(kind, headers?.Location?.split("/").at(-1)) : null;
  };

/** Of a step that says whether it changed anything. */
const whereChanged =
  (kind: string, name: string) =>
  (path: Path, result: unknown): string | null =>
    (result as { isChanged?: boolean } | undefined)?.isChanged === false ? null : auditObject(kind, path[name]);

/** Of a kept answer: whether it made something, and what it says. */
const isMade = (result: unknown): boolean => (result as Answer).status === 201;
const bodyOf = (result: unknown): { name?: string; id?: string } => JSON.parse(String((result as Answer).body ?? "{}"));

const items = "/api/collections";
const ofKind = (kind: "incident" | "report" | "potential"): [string, AuditRule][] => [
  [`post ${items}/${kind}s/items`, change(`${kind}.create`, created(`${kind}s`))],
  [`put ${items}/${kind}s/items/{item}`, change(`${kind}.replace`, ofPath(`${kind}s`, "item"))],
  [`delete ${items}/${kind}s/items/{item}`, change(`${kind}.withdraw`, ofPath(`${kind}s`, "item"))],
];
const verified = (kind: "incident" | "report"): [string, AuditRule][] => [
  [`post ${items}/${kind}s/items/{item}/verification`, change("verification.decide", whereChanged(`${kind}s`, "item"))],
  [`get ${items}/${kind}s/items/{item}/history`, read("history.read", ofPath(`${kind}s`, "item"))],
];
const shares = (kind: "incident" | "report"): [string, AuditRule][] => [
  [`get ${items}/${kind}s/items/{item}/shares`, read("item.read", ofPath(`${kind}s`, "item"))],
  [`put ${items}/${kind}s/items/{item}/shares/{person}`, change("share.grant", ofPath(`${kind}s`, "item"))],
  [`delete ${items}/${kind}s/items/{item}/shares/{person}`, change("share.withdraw", ofPath(`${kind}s`, "item"))],
];
const attachments = `${items}/reports/items/{item}/attachments`;
const visitFiles = `${items}/visits/items/{item}/attachments`;
const workOf = (kind: "visit" | "agreement" | "mediator" | "team"): [string, AuditRule][] => [
  [`post ${items}/${kind}s/items`, change(`${kind}.create`, created(`${kind}s`))],
  [`patch ${items}/${kind}s/items/{item}`, change(`${kind}.replace`, ofPath(`${kind}s`, "item"))],
  [`delete ${items}/${kind}s/items/{item}`, change(`${kind}.withdraw`, ofPath(`${kind}s`, "item"))],
  ...(kind === "mediator"
    ? []
    : [[`get ${items}/${kind}s/items/{item}/history`, read("history.read", ofPath(`${kind}s`, "item"))] as [string, AuditRule]]),
];

/** What the audit trail says of every route, by method and address. A route that is missing here fails the tests, and is noted as a whole until then. */
export const auditRules: ReadonlyMap<string, AuditRule> = new Map<string, AuditRule>([
  ...ofKind("incident"),
  ...ofKind("report"),
  ...ofKind("potential"),
  ...workOf("visit"),
  ...workOf("agreement"),
  ...workOf("mediator"),
  ...workOf("team"),
  [`post ${visitFiles}`, change("attachment.add", ofPath("visits", "item"))],
  [`get ${visitFiles}`, read("attachment.read", ofPath("visits", "item"))],
  [`get ${visitFiles}/{attachment}`, read("attachment.read", ofPath("attachments", "attachment"))],
  [`delete ${visitFiles}/{attachment}`, change("attachment.withdraw", ofPath("attachments", "attachment"))],
  ["post /api/visit-plans", change("visit-plan.assign", created("visit-plans"))],
  ["patch /api/visit-plans/{plan}", change("visit-plan.assign", ofPath("visit-plans", "plan"))],
  ["delete /api/visit-plans/{plan}", change("visit-plan.withdraw", ofPath("visit-plans", "plan"))],
  ["get /api/visit-plans", read("items.read", () => "visit-plans")],
  ["get /api/similar-visits", read("items.read", () => "visits")],
  ["get /api/visit-plans/{plan}", read("item.read", ofPath("visit-plans", "plan"))],
  ["get /api/visit-teams/{team}/calendar", read("paper.make", ofPath("teams", "team"))],
  ["get /api/visit-teams/{team}/papers/{paper}", read("paper.make", ofPath("teams", "team"))],
  ["get /api/visits/{visit}/papers/{paper}", read("paper.make", ofPath("visits", "visit"))],
  ["get /api/alerts", read("alert.read", () => "alerts")],
  ["get /api/alerts/{alert}", read("alert.read", ofPath("alerts", "alert"))],
  ["put /api/alerts/{alert}/owner", change("alert.own", ofPath("alerts", "alert"))],
  ["delete /api/alerts/{alert}/owner", change("alert.release", ofPath("alerts", "alert"))],
  ["post /api/alerts/{alert}/answer", change("alert.answer", ofPath("alerts", "alert"))],
  ...verified("incident"),
  ...verified("report"),
  ...shares("incident"),
  ...shares("report"),
  [`patch ${items}/incidents/items/{item}`, change("incident.replace", ofPath("incidents", "item"))],
  ["get /api/potentials/{item}/history", read("history.read", ofPath("potentials", "item"))],
  [
    `get ${items}/{collection}/items`,
    read("items.read", ({ collection = "" }) => (protectedCollections.has(collection) ? auditObject(collection) : null)),
  ],
  [
    `get ${items}/{collection}/items/{item}`,
    read("item.read", ({ collection = "", item }) => (protectedCollections.has(collection) ? auditObject(collection, item) : null)),
  ],
  ["post /api/incidents/{item}/merge", change("incident.merge", ofPath("incidents", "item"))],
  ["post /api/incidents/{item}/unmerge", change("incident.unmerge", ofPath("incidents", "item"))],
  [`put ${items}/incidents/items/{item}/reports/{report}`, change("incident.tie", ofPath("reports", "report"))],
  [`delete ${items}/incidents/items/{item}/reports/{report}`, change("incident.untie", ofPath("reports", "report"))],
  ["get /api/incidents/duplicates", read("duplicates.read", () => "incidents")],
  ["put /api/incidents/duplicates", change("incident.distinct", () => "incidents")],
  [`post ${attachments}`, change("attachment.add", ofPath("reports", "item"))],
  [`get ${attachments}`, read("attachment.read", ofPath("reports", "item"))],
  [`get ${attachments}/{attachment}`, read("attachment.read", ofPath("attachments", "attachment"))],
  [`delete ${attachments}/{attachment}`, change("attachment.withdraw", ofPath("attachments", "attachment"))],
  ["get /api/roster", read("roster.read", () => "roster")],
  ["get /api/roster/{line}", read("roster.read", ofPath("roster", "line"))],
  ["post /api/roster", change("roster.create", created("roster"))],
  ["put /api/roster/{line}", change("roster.replace", ofPath("roster", "line"))],
  ["delete /api/roster/{line}", change("roster.withdraw", ofPath("roster", "line"))],
  ["get /api/queue", read("queue.read", () => "queue")],
  ["post /api/queue/{id}/settle", change("queue.settle", ofPath("queue", "id"))],
  ["post /api/queue/{id}/undo", change("queue.undo", ofPath("queue", "id"))],
  ["delete /api/vintages/{year}", change("vintage.remove", ofPath("vintages", "year"))],
  ["get /api/runs/{run}", read("run.read", ofPath("runs", "run"))],
  ["get /api/jobs/{job}/results", read("job.read", ofPath("jobs", "job"))],
  ["delete /api/jobs/{job}", { kind: "after", what: "job.dismiss", object: ofPath("jobs", "job") }],
  [
    "post /api/processes/{process}/execution",
    { kind: "after", what: "job.start", object: ({ process }) => auditObject("processes", process) },
  ],
  [
    "post /api/imports/{kind}",
    { kind: "after", what: "import.start", object: (_path, { headers }) => auditObject("jobs", headers?.Location?.split("/").at(-1)) },
  ],
  ["get /api/imports", aboutOneself],
  ["post /api/imports/{job}/undo", change("import.undo", ofPath("jobs", "job"))],
  ["get /api/imports/{job}/boundary-report", publicKnowledge],
  ["post /api/imports/{kind}/columns", open("hanya membaca berkas yang dikirim / reads only the file that was sent")],
  ["post /api/reports/draft", open("hanya membaca teks yang dikirim / reads only the text that was sent")],
  ["post /api/session", { kind: "after", what: "session.begin", object: () => "session", who: personOfAnswer, refusal: "session.refuse" }],
  ["delete /api/session", { kind: "after", what: "session.end", object: () => "session" }],
  ["post /api/setup", { kind: "after", what: "setup.finish", object: () => "session", who: personOfAnswer, refusal: "session.refuse" }],
  ["delete /api/demo", { kind: "after", what: "demo.remove", object: () => "demo" }],
  ["get /api/backup", { kind: "after", what: "backup.make", object: () => "backup" }],
  ["post /api/briefs", read("export.make", () => "briefs")],
  ["get /api/exports/view", read("export.make", () => "exports/view")],
  ["get /api/exports/caption", read("export.make", () => "exports/picture")],
  ["get /api/letterhead", open("kop surat kantor / the office's letterhead")],
  ["put /api/letterhead", noted],
  ["get /api/audit", read("audit.read", () => "audit")],
  ["get /api/audit/head", read("audit.read", () => "audit")],
  ["get /api/audit/verification", read("audit.verify", () => "audit")],
  ["get /api/reports/{item}/identity", open("hanya ada atau tidak, dan siapa membukanya / only whether there is one, and who opened it")],
  ...["put", "post", "delete"].map((method): [string, AuditRule] => [`${method} /api/reports/{item}/identity`, noted]),
  ["post /api/identities/search", noted],
  ["get /api/identity-openers", read("people.read", () => "identity-openers")],
  ["get /api/audit/retention", open("hanya jumlah / counts only")],
  ["put /api/audit/retention", noted],
  ["post /api/audit/retention", noted],
  ["put /api/identity-openers/{name}", noted],
  ["delete /api/identity-openers/{name}", noted],
  ["post /api/identity-key/rotation", noted],
  ["get /api/session", aboutOneself],
  ["get /api/session/openid", open("belum ada yang masuk / nobody has signed in yet")],
  ["get /api/session/openid/back", { kind: "after", what: "session.begin", object: () => "session", refusal: "session.refuse" }],
  ["get /api/users", read("people.read", () => "people")],
  ["get /api/users/{name}", read("people.read", ofPath("people", "name"))],
  ["post /api/users", change("person.create", (_path, result) => (isMade(result) ? auditObject("people", bodyOf(result).name) : null))],
  ["patch /api/users/{name}", change("person.replace", ofPath("people", "name"))],
  ["delete /api/users/{name}", change("person.remove", ofPath("people", "name"))],
  ["get /api/users/{name}/sessions", read("people.read", ofPath("people", "name"))],
  ["delete /api/users/{name}/sessions", change("session.revoke", ofPath("people", "name"))],
  ["delete /api/users/{name}/totp", change("person.replace", ofPath("people", "name"))],
  ["delete /api/users/{name}/openid", change("person.replace", ofPath("people", "name"))],
  ...["/api/users/{name}/tokens", "/api/account/tokens"].flatMap((address): [string, AuditRule][] => [
    [`get ${address}`, address.includes("{") ? read("people.read", ofPath("people", "name")) : aboutOneself],
    [`post ${address}`, change("token.create", (_path, result) => (isMade(result) ? auditObject("tokens", bodyOf(result).id) : null))],
    [`delete ${address}/{token}`, change("token.revoke", ofPath("tokens", "token"))],
  ]),
  ["get /api/account", aboutOneself],
  ["get /api/account/sessions", aboutOneself],
  ["put /api/account/password", { kind: "after", what: "person.replace", object: () => "people", refusal: "session.refuse" }],
  ["delete /api/account/sessions", change("session.revoke", () => "session")],
  ["delete /api/account/sessions/{session}", change("session.revoke", ofPath("session", "session"))],
  ["post /api/account/totp", open("belum berlaku sampai dipastikan / counts for nothing until confirmed")],
  ["put /api/account/totp", change("person.replace", () => "people")],
  ["post /api/account/totp/off", { kind: "after", what: "person.replace", object: () => "people", refusal: "session.refuse" }],
  ["get /api/jobs", aboutOneself],
  ["get /api/jobs/{job}", aboutOneself],
  ["get /api/events", open("hanya id / ids only")],
  ["get /api/health", publicKnowledge],
  ["get /api", publicKnowledge],
  ["get /api/conformance", publicKnowledge],
  ["get /api/collections", publicKnowledge],
  ["get /api/collections/{collection}", publicKnowledge],
  ...["queryables", "sortables", "tiles", "tiles/WebMercatorQuad"].map((name): [string, AuditRule] => [
    `get ${items}/{collection}/${name}`,
    publicKnowledge,
  ]),
  ["get /api/tileMatrixSets", publicKnowledge],
  ["get /api/tileMatrixSets/WebMercatorQuad", publicKnowledge],
  ["get /api/taxonomy", publicKnowledge],
  ["get /api/areas", publicKnowledge],
  ["get /api/places", publicKnowledge],
  ["get /api/vintages", publicKnowledge],
  ["get /api/crosswalk", publicKnowledge],
  ["get /api/runs", open("nomor dan pertanyaan, tanpa hasil / numbers and questions, no results")],
  ["get /api/processes", publicKnowledge],
  ["get /api/processes/{process}", publicKnowledge],
  ["get /api/collections/{collection}/tiles/WebMercatorQuad/tilejson", publicKnowledge],
  ["get /api/collections/{collection}/tiles/WebMercatorQuad/{z}/{y}/{x}", publicKnowledge],
  ...["risk", "hotspots", "population", "indicators", "counts", "trend", "codes/{areaSet}", "coverage"].map((name): [string, AuditRule] => [
    `get /api/values/${name}`,
    figures,
  ]),
  ["get /api/coverage", figures],
  ["get /api/coverage/{village}", read("roster.read", ofPath("villages", "village"))],
]);

function personOfAnswer({ body }: Answer): { name: string; role: string } | null {
  return (body as { person?: { name: string; role: string } | null } | undefined)?.person ?? null;
}
