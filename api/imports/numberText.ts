/** Which sign parts the whole from the fraction in a column of numbers; the other one, if it stands there, parts thousands. */
export type DecimalMark = "point" | "comma";

const plain = /^[-+]?\d+$/;
const exponent = /^[-+]?\d+(\.\d+)?[eE][-+]?\d+$/;
const spaced = /^[-+]?\d{1,3}([ \u00a0\u202f]\d{3})+([.,]\d+)?$/;
const either = /^[-+]?[1-9]\d{0,2}[.,]\d{3}$/;
const proofs: readonly (readonly [RegExp, DecimalMark])[] = [
  [/^[-+]?\d{1,3}(\.\d{3})+,\d+$/, "comma"],
  [/^[-+]?\d{1,3}(,\d{3})+\.\d+$/, "point"],
  [/^[-+]?[1-9]\d{0,2}(\.\d{3}){2,}$/, "comma"],
  [/^[-+]?[1-9]\d{0,2}(,\d{3}){2,}$/, "point"],
  [/^[-+]?\d+\.\d+$/, "point"],
  [/^[-+]?\d+,\d+$/, "comma"],
];

/** What the text of a number says about its column's decimal mark: proof of one, nothing, either (1.234), or that it is no number. */
function told(text: string): DecimalMark | "nothing" | "either" | "no number" {
  if (plain.test(text)) return "nothing";
  if (exponent.test(text)) return text.includes(".") ? "point" : "nothing";
  if (spaced.test(text)) return text.includes(",") ? "comma" : text.includes(".") ? "point" : "nothing";
  if (either.test(text)) return "either";
  return proofs.find(([pattern]) => pattern.test(text))?.[1] ?? "no number";
}

// Marks that show nothing, copied along from documents written in both directions.
const trimmed = (text: string): string => text.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, "").trim();

function converted(text: string, mark: DecimalMark): number {
  const bare = text.replace(/[ \u00a0\u202f]/g, "");
  const number = Number(mark === "comma" ? bare.replaceAll(".", "").replace(",", ".") : bare.replaceAll(",", ""));
  return Number.isFinite(number) ? number : Number.NaN;
}

/**
 * Reads an ordinary number as it is written in Indonesia (1.234,5), in English (1,234.5) or plainly.
 * @param mark the decimal mark of its column where that is known; a number that contradicts it is none.
 * @returns NaN for anything else, and for what could be thousands or decimals (1.234) while the mark is not known.
 */
export function readNumber(value: unknown, mark: DecimalMark | null = null): number {
  if (typeof value === "number") return Number.isFinite(value) ? value : Number.NaN;
  if (typeof value !== "string") return Number.NaN;
  const text = trimmed(value);
  const proof = told(text);
  if (proof === "no number") return Number.NaN;
  if (proof === "nothing") return converted(text, "point");
  if (proof === "either") return mark === null ? Number.NaN : converted(text, mark);
  return mark !== null && mark !== proof ? Number.NaN : converted(text, proof);
}

/** Reads degrees, whose comma or point is always the decimal mark: nothing has thousands of them. */
export function readDegrees(value: unknown): number {
  return readNumber(value, typeof value === "string" && value.includes(",") ? "comma" : "point");
}

/** Whether the text is a number that thousands and decimals would read differently. */
export function isAmbiguousNumber(value: unknown): boolean {
  return typeof value === "string" && told(trimmed(value)) === "either";
}

/** Whether a value is a number by its looks, ambiguous ones and those beyond what a computer holds included. */
export function looksNumeric(value: unknown): boolean {
  return typeof value === "number" || (typeof value === "string" && told(trimmed(value)) !== "no number");
}

/**
 * The decimal mark that some values of a column prove; null where none proves one or they contradict each other.
 * `matters` tells whether any value reads differently for it.
 */
export function judgeDecimalMark(values: readonly unknown[]): { mark: DecimalMark | null; matters: boolean } {
  const found = new Set(values.filter((value) => typeof value === "string").map((value) => told(trimmed(value))));
  const [point, comma] = [found.has("point"), found.has("comma")];
  return { mark: point === comma ? null : point ? "point" : "comma", matters: found.has("either") };
}
