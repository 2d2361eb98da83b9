import type { FuzzRequest } from "../request.ts";

/** One thing sent wrong, by name: what is sent, and what must come back. */
export interface NamedCase {
  readonly name: string;
  readonly request: Omit<FuzzRequest, "body"> & { readonly body: string | (() => Uint8Array) | null };
  /** Of the answer; of an import that was taken up, 422 where its job failed. */
  readonly status: number;
  readonly code: string;
  /** The field, parameter or column that the answer names, where there is one. */
  readonly field?: string | null;
}

/** A village that is there, in the place that `furnish` makes. */
export const village = "99.01.01.2001";
/** A point inside it. */
export const inside = [112.01, -7.01] as const;

export const good: Readonly<Record<string, unknown>> = {
  village_code: village,
  occurred_from: "2025-06-27",
  issue: "404",
  form: "F6",
  facts: "Dua kelompok bentrok di lapangan.",
};

/** An incident as a feature; `more` changes its properties, undefined takes one away. */
export const feature = (more: Readonly<Record<string, unknown>> = {}, geometry: unknown = null, id?: unknown): unknown => ({
  type: "Feature",
  ...(id === undefined ? {} : { id }),
  geometry,
  properties: { ...good, ...more },
});

export const point = (...coordinates: unknown[]): unknown => ({ type: "Point", coordinates });

const post = (path: string, type: string, body: NamedCase["request"]["body"]): NamedCase["request"] => ({
  method: "POST",
  path,
  headers: { "content-type": type },
  body,
});

const textOf = (body: unknown): string => (typeof body === "string" ? body : JSON.stringify(body));

/** A body sent as an incident, or to another collection. */
export function sent(name: string, body: unknown, status: number, code: string, field?: string, collection = "incidents"): NamedCase {
  const request = post(`/api/collections/${collection}/items`, "application/geo+json", textOf(body));
  return { name, request, status, code, ...(field === undefined ? {} : { field }) };
}

/** A JSON body to any address. */
export function posted(name: string, path: string, body: unknown, status: number, code: string, field?: string): NamedCase {
  return { name, request: post(path, "application/json", textOf(body)), status, code, ...(field === undefined ? {} : { field }) };
}

/** An address that is read. */
export function read(name: string, path: string, status: number, code: string, field?: string): NamedCase {
  return { name, request: { method: "GET", path, headers: {}, body: null }, status, code, ...(field === undefined ? {} : { field }) };
}

/** A file that is imported. */
export function file(
  name: string,
  [kind, fileName, query]: readonly [kind: string, fileName: string, query?: Readonly<Record<string, string>>],
  content: string | (() => Uint8Array),
  code: string,
  field?: string | null,
  status = 422,
): NamedCase {
  const path = `/api/imports/${kind}?${new URLSearchParams({ ...query, name: fileName })}`;
  return { name, request: post(path, "application/octet-stream", content), status, code, ...(field === undefined ? {} : { field }) };
}
