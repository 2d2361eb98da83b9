import { randomUUID } from "node:crypto";
import { roundFile } from "../imports/files.ts";

/** How a place is spoken to: the service's address and an admin's token. */
export interface Door {
  readonly url: string;
  readonly token: string;
}

/** What really exists in the service, so that generated requests also get past the first check. */
export interface Known {
  readonly villages: readonly string[];
  readonly areas: readonly string[];
  readonly ids: Readonly<Record<"incidents" | "reports" | "potentials" | "runs" | "jobs" | "roster" | "attachments", readonly string[]>>;
  readonly areaSets: readonly string[];
  readonly cursors: readonly string[];
}

const pollMs = 50;
export const villagesInPlace = 60;
const incidentsInPlace = 240;

const mostTries = 6;

/** Asks as the admin and gives the answer's JSON; asks again as told where the service is busy. @throws where it is no success. */
export async function ask<T>(door: Door, path: string, init: RequestInit = {}, tries = mostTries): Promise<T> {
  const asked = fetch(door.url + path, { ...init, headers: { authorization: `Bearer ${door.token}`, ...init.headers } });
  // A kept connection may end in the moment it is taken up again; what only reads is asked once more.
  const answer = await asked.catch((error: unknown) => {
    if (init.method !== undefined || tries === 1) throw error;
    return null;
  });
  if (answer === null) return ask(door, path, init, tries - 1);
  if (answer.status === 503 && tries > 1) {
    await new Promise((resume) => setTimeout(resume, 1000 * Number(answer.headers.get("retry-after") ?? 1)));
    return ask(door, path, init, tries - 1);
  }
  if (!answer.ok) throw new Error(`${init.method ?? "GET"} ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

const post = <T>(door: Door, path: string, body: unknown, type = "application/json"): Promise<T> =>
  ask<T>(door, path, { method: "POST", headers: { "content-type": type }, body: typeof body === "string" ? body : JSON.stringify(body) });

/** Waits for a job and gives its state and its result document. */
export async function ended(door: Door, job: string): Promise<{ status: string; results: unknown }> {
  for (;;) {
    const { status } = await ask<{ status: string }>(door, `/api/jobs/${job}`);
    if (["successful", "failed", "dismissed"].includes(status)) {
      const answer = await fetch(`${door.url}/api/jobs/${job}/results`, { headers: { authorization: `Bearer ${door.token}` } });
      return { status, results: await answer.json() };
    }
    await new Promise((resume) => setTimeout(resume, pollMs));
  }
}

async function load(
  door: Door,
  kind: string,
  file: { name: string; text: string; query: Readonly<Record<string, string>> },
): Promise<void> {
  const query = new URLSearchParams({ ...file.query, name: file.name });
  const { jobID } = await post<{ jobID: string }>(door, `/api/imports/${kind}?${query}`, file.text, "application/octet-stream");
  const { status, results } = await ended(door, jobID);
  if (status !== "successful") throw new Error(`${file.name}: ${JSON.stringify(results).slice(0, 500)}`);
}

/** Fills an empty service with invented areas, people, incidents, reports, a potential conflict, a roster line, an attachment, a run and a job. */
export async function furnish(door: Door): Promise<void> {
  const size = { villages: villagesInPlace, incidents: incidentsInPlace };
  await load(door, "boundaries", roundFile("boundaries", 1, size));
  await load(door, "incidents", roundFile("incidents", 1, size));
  await load(door, "indicators", roundFile("indicators", 1, size));
  const { villages } = await lookAround(door);
  const people = `code,population\n${villages.map((code, index) => `${code},${1000 + 37 * index}`).join("\n")}\n`;
  await load(door, "indicators", { name: "penduduk.csv", text: people, query: { year: "2024" } });
  const [village = ""] = villages;
  const nil = { village_code: village, nil: true, obtained_at: "2025-06-27", status: "reported" };
  const report = await post<{ id: string }>(door, "/api/collections/reports/items", { type: "Feature", geometry: null, properties: nil });
  const form = new FormData();
  form.set("file", new Blob([Buffer.from("89504e470d0a1a0a0000000d49484452", "hex")], { type: "image/png" }), "foto.png");
  await fetch(`${door.url}/api/collections/reports/items/${report.id}/attachments`, {
    method: "POST",
    headers: { authorization: `Bearer ${door.token}` },
    body: form,
  });
  await post(door, "/api/collections/potentials/items", {
    type: "Feature",
    id: randomUUID(),
    geometry: null,
    properties: { village_code: village, title: "Sengketa batas", issue: "404", opened_on: "2025-01-02" },
  }).catch(() => undefined);
  await post(door, "/api/processes/rates/execution", { inputs: {} });
  await ask(door, "/api/processes/rates/execution", {
    method: "POST",
    headers: { "content-type": "application/json", prefer: "respond-async" },
    body: "{}",
  });
}

/** Reads what exists, at most a few of each. */
export async function lookAround(door: Door): Promise<Known> {
  type Page = { features: { id: string }[]; links: { rel: string; href: string }[] };
  const page = (id: string): Promise<Page> => ask(door, `/api/collections/${id}/items?limit=20`);
  const [villages, districts, incidents, reports, potentials] = await Promise.all(
    ["villages", "districts", "incidents", "reports", "potentials"].map(page),
  );
  const idsOf = (list: Page | undefined): string[] => (list?.features ?? []).map((feature) => feature.id);
  const { jobs } = await ask<{ jobs: { jobID: string }[] }>(door, "/api/jobs");
  const { run } = await post<{ run: string }>(door, "/api/processes/rates/execution", { inputs: {} }).catch(() => ({ run: "" }));
  const { areaSet } = await ask<{ areaSet: string }>(door, "/api/values/population");
  const attachments: string[] = [];
  for (const id of idsOf(reports).slice(0, 20)) {
    const listed = await ask<Record<string, { id: string }[]>>(door, `/api/collections/reports/items/${id}/attachments`).catch(() => ({}));
    for (const list of Object.values(listed)) if (Array.isArray(list)) attachments.push(...list.flatMap((one) => (one.id ? [one.id] : [])));
  }
  const cursors = [incidents, villages].flatMap((list) =>
    (list?.links ?? []).flatMap(({ rel, href }) => (rel === "next" ? [new URL(href).searchParams.get("cursor") ?? ""] : [])),
  );
  return {
    villages: idsOf(villages),
    areas: ["99", "99.01", ...idsOf(districts), ...idsOf(villages).slice(0, 3)],
    ids: {
      incidents: idsOf(incidents),
      reports: idsOf(reports),
      potentials: idsOf(potentials),
      runs: [run],
      jobs: jobs.map((job) => job.jobID).slice(0, 10),
      roster: [],
      attachments,
    },
    areaSets: [areaSet],
    cursors,
  };
}
