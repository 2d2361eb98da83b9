import { randomUUID } from "node:crypto";
import { ask, type Door, ended } from "../fuzz/place.ts";
import { furnishVisits, noVisits, type VisitsOfPlace } from "./furnishVisits.ts";

/** One kabupaten of the invented world, and what lies in it. */
export interface Place extends VisitsOfPlace {
  readonly area: string;
  readonly district: string;
  readonly village: string;
  readonly incident: string;
  readonly other: string;
  readonly report: string;
  readonly attachment: string;
  readonly potential: string;
  readonly line: string;
  readonly run: string;
  readonly job: string;
  /** The import that brought its boundaries. */
  readonly importJob: string;
  /** A reporter there. */
  readonly person: string;
}

export const ownArea = "99.01";
export const otherArea = "99.02";

/** A place of which nothing is there: what is asked about it must be answered as about a place that one may not see. */
export const nowhere: Place = {
  ...noVisits,
  area: "98.77",
  district: "98.77.01",
  village: "98.77.01.2001",
  incident: "5f0e9c0e-0000-4000-8000-000000000001",
  other: "5f0e9c0e-0000-4000-8000-000000000002",
  report: "5f0e9c0e-0000-4000-8000-000000000003",
  attachment: "5f0e9c0e-0000-4000-8000-000000000004",
  potential: "5f0e9c0e-0000-4000-8000-000000000005",
  line: "5f0e9c0e-0000-4000-8000-000000000006",
  run: "5f0e9c0e-0000-4000-8000-000000000007",
  job: "5f0e9c0e-0000-4000-8000-000000000008",
  importJob: "5f0e9c0e-0000-4000-8000-000000000009",
  person: "bukan siapa-siapa",
};

/** What must not come out: who may read it decides `mayRead` in canaries.ts. */
export const canaryOf = (area: string, field: string): string => `Kenari${area.replace(".", "")}${field}`;

const villagesOf = (area: string): unknown => {
  const west = area === ownArea ? 112 : 113;
  const features = Array.from({ length: 6 }, (_, index) => {
    const [x, y] = [west + 0.01 * (index % 3), -7 - 0.01 * Math.floor(index / 3)];
    const ring = [
      [x, y],
      [x + 0.01, y],
      [x + 0.01, y + 0.01],
      [x, y + 0.01],
      [x, y],
    ];
    const kode = `${area}.0${1 + Math.floor(index / 3)}.${2001 + (index % 3)}`;
    const properties = {
      kode,
      nama: `Desa ${kode.slice(6)}`,
      kecamatan: `Kec ${kode.slice(6, 8)}`,
      kabupaten_kota: `Kab ${area}`,
      provinsi: "Uji",
    };
    return { type: "Feature", properties, geometry: { type: "Polygon", coordinates: [ring] } };
  });
  return { type: "FeatureCollection", features };
};

const send = <T>(door: Door, path: string, body: unknown, method = "POST"): Promise<T> =>
  ask<T>(door, path, { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

const feature = (properties: unknown): unknown => ({ type: "Feature", geometry: null, properties });

async function incidentIn(door: Door, area: string, number: number): Promise<string> {
  const made = await send<{ id: string }>(door, "/api/collections/incidents/items", {
    type: "Feature",
    geometry: null,
    properties: {
      village_code: `${area}.01.2001`,
      occurred_from: `2026-0${1 + (number % 9)}-11`,
      issue: "404",
      form: "F6",
      title: canaryOf(area, "Judul"),
      facts: `${canaryOf(area, "Fakta")} ${number}`,
      opinion: canaryOf(area, "Pendapat"),
    },
  });
  return made.id;
}

async function attach(door: Door, report: string, name: string): Promise<string> {
  const form = new FormData();
  form.set(
    "file",
    new Blob([Buffer.from("%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")], { type: "application/pdf" }),
    `${name}.pdf`,
  );
  const path = `/api/collections/reports/items/${report}/attachments`;
  const answer = await fetch(door.url + path, { method: "POST", headers: { authorization: `Bearer ${door.token}` }, body: form });
  const { id } = (await answer.json()) as { id?: string };
  if (!id) throw new Error(`the attachment was refused with ${answer.status}`);
  return id;
}

async function load(door: Door, address: string, content: string): Promise<string> {
  const headers = { "content-type": "application/octet-stream" };
  const { jobID } = await ask<{ jobID: string }>(door, `/api/imports/${address}`, { method: "POST", headers, body: content });
  const { status, results } = await ended(door, jobID);
  if (status !== "successful") throw new Error(JSON.stringify(results).slice(0, 500));
  return jobID;
}

/** Fills one kabupaten, every protected field with a canary of its own. */
export async function furnishPlace(door: Door, area: string): Promise<Place> {
  const importJob = await load(door, "boundaries?name=batas.geojson", JSON.stringify(villagesOf(area)));
  const people = [1, 2].flatMap((district) => [1, 2, 3].map((number) => `${area}.0${district}.200${number},${1000 * number}`));
  await load(door, "indicators?name=penduduk.csv&year=2026", `code,population\n${people.join("\n")}\n`);
  const village = `${area}.01.2001`;
  const incident = await incidentIn(door, area, 1);
  const other = await incidentIn(door, area, 2);
  const report = await send<{ id: string }>(
    door,
    "/api/collections/reports/items",
    feature({
      village_code: village,
      incident_ids: [incident],
      facts: canaryOf(area, "Laporan"),
      analysis: canaryOf(area, "Analisis"),
      prediction: canaryOf(area, "Perkiraan"),
      recommendation: canaryOf(area, "Saran"),
    }),
  );
  const attachment = await attach(door, report.id, canaryOf(area, "Lampiran"));
  const potential = await send<{ id: string }>(
    door,
    "/api/collections/potentials/items",
    feature({
      village_code: village,
      title: canaryOf(area, "Sengketa"),
      issue: "205",
      facts: canaryOf(area, "Pokok"),
      actors: [{ type: "community", role: "claimant", name: canaryOf(area, "Pelaku") }],
    }),
  );
  const line = await send<{ id: string }>(door, "/api/roster", {
    area_code: area,
    cadence: "weekly",
    valid_from: "2026-01-05",
    reporter: canaryOf(area, "Pelapor"),
  });
  await ask(door, `/api/reports/${report.id}/identity`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name: canaryOf(area, "Nama"), phone: `0812${area.replace(".", "")}777`, notes: canaryOf(area, "Catatan") }),
  }).catch(() => undefined);
  const { run } = await send<{ run: string }>(door, "/api/processes/rates/execution", { inputs: { areas: [area] } });
  const { jobID: job } = await ask<{ jobID: string }>(door, "/api/processes/rates/execution", {
    method: "POST",
    headers: { "content-type": "application/json", prefer: "respond-async" },
    body: JSON.stringify({ inputs: { areas: [area] } }),
  });
  await ended(door, job);
  return {
    ...(await furnishVisits(door, area, canaryOf)),
    area,
    district: `${area}.01`,
    village,
    incident,
    other,
    report: report.id,
    attachment,
    potential: potential.id,
    line: line.id,
    run,
    job,
    importJob,
    person: `pelapor ${area}`,
  };
}

/** Somebody who asks: by bearer token, or without or with a wrong one. */
export interface Asker {
  readonly name: string;
  readonly role: "reporter" | "partner" | "viewer" | "analyst" | "leader" | "verifier" | "admin" | "nobody" | "stranger";
  readonly area: string | null;
  readonly token: string | null;
}

export const roles = ["reporter", "partner", "viewer", "analyst", "leader", "verifier", "admin"] as const;

/** Makes one person of each role in an area through the service's own door, each with a token. */
export async function makePeople(door: Door, area: string): Promise<Asker[]> {
  const made: Asker[] = [];
  for (const role of roles) {
    const name = role === "reporter" ? `pelapor ${area}` : `${role} ${area}`;
    await send(door, "/api/users", { name, role, areas: [area], password: `sandi ${randomUUID()}` });
    const { token } = await send<{ token: string }>(door, `/api/users/${encodeURIComponent(name)}/tokens`, { label: "uji" });
    made.push({ name, role, area, token });
  }
  return made;
}
