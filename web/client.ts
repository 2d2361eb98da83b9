import { language, t } from "./text/text.svelte.ts";

/** One fault of a record, as a problem lists it. */
export interface ProblemFault {
  readonly field: string;
  readonly code: string;
  readonly detail?: string;
  readonly message?: string;
  readonly value?: unknown;
}

/** What the service answered instead of a value (RFC 9457), or that it could not be reached (status 0). `detail` is fit to be shown. */
export class RequestProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly ProblemFault[];
  /** How long the service asks to be left alone; null when it does not say. */
  readonly retryAfterSeconds: number | null;

  constructor(status: number, code: string, detail: string, errors: readonly ProblemFault[] = [], retryAfterSeconds: number | null = null) {
    super(detail);
    this.name = "RequestProblem";
    this.retryAfterSeconds = retryAfterSeconds;
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.errors = errors;
  }
}

export interface RequestOptions {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Sent as JSON; a form with files as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Nobody waits for it: that the session has ended is told to the caller alone. */
  readonly isBackground?: boolean;
}

/** The problem that an answer's JSON tells of. */
export function requestProblemOf(status: number, answer: unknown, retryAfter: string | null = null): RequestProblem {
  const problem = (answer ?? {}) as { code?: string; detail?: string; title?: string; field?: string; errors?: ProblemFault[] };
  const code = problem.code ?? "unknown";
  const faults = problem.errors ?? (problem.field ? [{ field: problem.field, code }] : []);
  return new RequestProblem(status, code, problem.detail ?? problem.title ?? String(status), faults, Number(retryAfter) || null);
}

async function problemOf(response: Response): Promise<RequestProblem> {
  try {
    return requestProblemOf(response.status, await response.json(), response.headers.get("Retry-After"));
  } catch {
    return new RequestProblem(response.status, "unreadable", t("frame.unreadable"));
  }
}

/** The event of the window that tells that the session has ended. */
export const signedOut = "waspada-signed-out";

/** The response itself, for the few who need its headers; throws RequestProblem on anything but success. */
export async function requestRaw(path: string, options: RequestOptions = {}): Promise<Response> {
  const headers: Record<string, string> = { Accept: "application/json", "Accept-Language": language.current, ...options.headers };
  const isForm = options.body instanceof FormData;
  if (options.body !== undefined && !isForm) headers["Content-Type"] ??= "application/json";
  const init: RequestInit = { method: options.method ?? "GET", headers, credentials: "same-origin" };
  if (options.body !== undefined) init.body = options.body instanceof FormData ? options.body : JSON.stringify(options.body);
  if (options.signal) init.signal = options.signal;
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new RequestProblem(0, "offline", t("frame.offline"));
  }
  if (response.status === 401 && !options.isBackground) window.dispatchEvent(new Event(signedOut));
  if (!response.ok) throw await problemOf(response);
  return response;
}

/** Asks the service and reads its JSON; an empty answer is null. Throws RequestProblem, whose detail is fit to be shown. */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const response = await requestRaw(path, options);
  if (response.status === 204) return null as T;
  const text = await response.text();
  try {
    return (text ? JSON.parse(text) : null) as T;
  } catch {
    throw new RequestProblem(response.status, "unreadable", t("frame.unreadable"));
  }
}

/** The words to show for anything thrown. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A path with its query; values that are null or empty are left out. */
export function withQuery(path: string, query: Readonly<Record<string, string | number | null | undefined>>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== "") parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text ? `${path}?${text}` : path;
}
