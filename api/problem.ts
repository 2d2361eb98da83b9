import { catalogue, type ProblemCode } from "./contract/problems.ts";

export type Language = "id" | "en";
export type ProblemDetails = Readonly<Record<string, unknown>>;

/** A failure with a stable code. Its text names the thing, the value and the remedy, in both languages. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly details: ProblemDetails;

  constructor(code: ProblemCode, details: ProblemDetails = {}) {
    super(problemText(code, details, "en"));
    this.code = code;
    this.status = catalogue[code].status;
    this.details = details;
  }
}

/** Makes the problem to throw: `throw problem("unknown_village", { field, value })`. */
export function problem(code: ProblemCode, details: ProblemDetails = {}): Problem {
  return new Problem(code, details);
}

const shownLength = 120;

function shown(value: unknown): string {
  if (value === undefined || value === null || value === "") return "—";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
}

/** The catalogue's sentence with the details put in their places. Values from outside are cut short; a detail in the reader's language is our own sentence and stays whole. */
export function problemText(code: ProblemCode, details: ProblemDetails, language: Language): string {
  return catalogue[code][language].replace(/\{(\w+)\}/g, (_, name: string) => {
    const own = details[`${name}_${language}`];
    return typeof own === "string" ? own : shown(details[name]);
  });
}

/** The body of an answer by RFC 9457. */
export function problemDocument(failure: Problem, language: Language, instance: string): Record<string, unknown> {
  return {
    type: `https://waspada.invalid/problems/${failure.code}`,
    title: problemText(failure.code, failure.details, language).split(/[.:] /)[0],
    status: failure.status,
    code: failure.code,
    detail: problemText(failure.code, failure.details, language),
    instance,
    ...failure.details,
  };
}

/** The language asked for by `Accept-Language`; Indonesian unless English ranks before it. */
export function languageOf(header: string | undefined): Language {
  const ranked = (header ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)/.exec(parameter)?.[1]).find(Boolean);
      return { tag: tag.slice(0, 2), quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ tag, quality }) => (tag === "id" || tag === "en") && quality > 0)
    .sort((a, b) => b.quality - a.quality);
  return ranked[0]?.tag === "en" ? "en" : "id";
}
