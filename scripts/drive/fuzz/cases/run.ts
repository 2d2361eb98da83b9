import type { Door } from "../place.ts";
import { ended } from "../place.ts";
import { send } from "../request.ts";
import { judge } from "../verdict.ts";
import type { NamedCase } from "./namedCase.ts";

/** What came back, in the terms in which a case says what must. */
export interface Outcome {
  readonly status: number;
  readonly code: string;
  readonly field: string | null;
  /** What is wrong with the answer whatever was asked. */
  readonly fault: string | null;
  readonly milliseconds: number;
}

interface Told {
  readonly code?: string;
  readonly field?: string;
  readonly rows?: readonly { readonly code: string; readonly field: string | null }[];
}

/** Sends a case as the admin; an import that is taken up counts as refused when its job has failed, by the first row that it names. */
export async function outcomeOf(door: Door, { request }: NamedCase): Promise<Outcome> {
  const body = typeof request.body === "function" ? request.body() : request.body;
  const asked = { ...request, headers: { ...request.headers, authorization: `Bearer ${door.token}` }, body };
  const answer = await send(door.url, asked);
  const fault = judge(asked, answer);
  const { milliseconds } = answer;
  const text = answer.body.toString();
  if (answer.status === 201 && request.path.startsWith("/api/imports/")) {
    const { status, results } = await ended(door, (JSON.parse(text) as { jobID: string }).jobID);
    const { code, field, rows } = results as Told;
    if (status !== "failed") return { status: 200, code: status, field: null, fault, milliseconds };
    const told = code === undefined ? rows?.[0] : { code, field: field ?? null };
    return { status: 422, code: told?.code ?? "", field: told?.field ?? null, fault, milliseconds };
  }
  const told = /json/.test(String(answer.headers["content-type"])) && text !== "" ? (JSON.parse(text) as Told) : {};
  return { status: answer.status, code: told.code ?? "", field: told.field ?? null, fault, milliseconds };
}
