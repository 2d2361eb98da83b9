import type { Fault } from "../contract/incident.ts";
import type { FileRow } from "../formats/rows.ts";
import { officialList, officialListSource } from "../places/officialList.ts";
import { problem } from "../problem.ts";
import { type ReadLink, readAllLinks } from "../queries/areaLinks.ts";
import { loadedVintage } from "../queries/areaList.ts";
import { knownVintages } from "../queries/vintages.ts";
import { readAreaCode } from "./areaCode.ts";
import { type BpsMeaning, bpsDigits, holdsBpsCodes, matchBpsCodes } from "./bpsCodes.ts";
import type { FieldAliases } from "./columns.ts";
import type { ReportBuilder } from "./report.ts";
import type { ImportParts, ImportRequest } from "./request.ts";
import type { SampledRows } from "./sampledRows.ts";

export interface Target {
  readonly code: string;
  /** The part of what the file's area holds, in (0, 1]; those of one code add up to 1. */
  readonly share: number;
}

/** What the code of a row means among the areas of today. */
export type CodeMeaning =
  | { readonly code: string }
  /** An area that is divided now. */
  | { readonly targets: readonly Target[]; readonly fault: Fault }
  /** A person has to choose; the candidates likeliest first. */
  | {
      readonly candidates: readonly { readonly code: string; readonly probability: number }[];
      /** The kabupaten in which it must be, where no village can be named. */
      readonly regency: string | null;
      readonly fault: Fault;
    }
  | { readonly fault: Fault };

/** Reads codes of one file: Kemendagri codes as they are, of another year, or BPS codes. Has a life: it counts what it translates. */
export interface CodeTranslation {
  read(value: unknown): CodeMeaning;
  /** Tells the report how many rows were translated. */
  tell(report: ReportBuilder): void;
}

const namedExamples = 5;
/** A successor that is less sure waits for a person. */
const leastConfidence = 0.9;

/** Counts rows whose code was another, with a few examples. */
class Translated {
  #rows = 0;
  readonly #examples = new Set<string>();

  add(from: string, to: string): void {
    this.#rows++;
    if (this.#examples.size < namedExamples) this.#examples.add(`${from} → ${to}`);
  }

  tell(report: ReportBuilder, fromYear: number, toYear: number): void {
    if (this.#rows > 0)
      report.warn(null, {
        field: "code",
        code: "code_translated",
        value: this.#rows,
        fromYear,
        toYear,
        examples: [...this.#examples].join(", "),
      });
  }
}

const asTheyAre: CodeTranslation = {
  read: (value) => {
    const read = readAreaCode(value);
    return "fault" in read ? { fault: read.fault } : { code: read.code };
  },
  tell: () => undefined,
};

/** The years to read from and in; null where the codes are those of the areas that are loaded. @throws unknown_vintage. */
async function yearsOf(request: ImportRequest, parts: ImportParts): Promise<{ from: number; to: number } | null> {
  const told = request.options.vintage;
  if (told === null) return null;
  const loaded = (await loadedVintage(parts.database)) ?? officialListSource.vintage;
  if (told === loaded) return null;
  const known = (await knownVintages(parts.database)).map(({ year }) => year);
  const expected = [...new Set([...known, Number(officialListSource.vintage)])].sort((a, b) => a - b).join(", ");
  if (!known.some((year) => String(year) === told)) throw problem("unknown_vintage", { field: "vintage", value: told, expected });
  const to = known.find((year) => String(year) === loaded) ?? known.at(-1)!;
  return to === Number(told) ? null : { from: Number(told), to };
}

async function fromOtherYear(parts: ImportParts, years: { from: number; to: number }): Promise<CodeTranslation> {
  const { links, unknown } = await readAllLinks(parts.database, years.from, years.to);
  const byCode = new Map<string, ReadLink[]>();
  for (const link of links) if (link.share > 0) byCode.set(link.code, [...(byCode.get(link.code) ?? []), link]);
  const candidatesOf = new Map(unknown.map(({ code, candidates }) => [code, candidates]));
  const translated = new Translated();
  const told = { fromYear: years.from, toYear: years.to };

  return {
    read(value) {
      const read = readAreaCode(value);
      if ("fault" in read) return { fault: read.fault };
      const { code } = read;
      const near = candidatesOf.get(code);
      if (near) {
        const fault = { field: "code", code: "code_vanished" as const, value: code, ...told, candidates: near.join(", ") || "–" };
        return { fault };
      }
      const targets = byCode.get(code) ?? [];
      const [first] = targets;
      if (!first || (targets.length === 1 && first.to === code)) return { code };
      const candidates = targets.map(({ to, share }) => (targets.length > 1 ? `${to} (${Math.round(share * 100)}%)` : to)).join(", ");
      if (targets.length > 1) {
        return {
          targets: targets.map(({ to, share }) => ({ code: to, share })),
          fault: { field: "code", code: "code_split", value: code, ...told, candidates },
        };
      }
      if (first.confidence < leastConfidence) {
        const confidence = `${Math.round(first.confidence * 100)}%`;
        return {
          candidates: [{ code: first.to, probability: first.confidence }],
          regency: first.to.slice(0, 5),
          fault: { field: "code", code: "code_uncertain", value: code, ...told, candidates, confidence },
        };
      }
      translated.add(code, first.to);
      return { code: first.to };
    },
    tell: (report) => translated.tell(report, years.from, years.to),
  };
}

async function fromBps(meanings: ReadonlyMap<string, BpsMeaning>): Promise<CodeTranslation> {
  const list = await officialList();
  let [matched, unsure] = [0, 0];
  return {
    read(value) {
      const digits = bpsDigits(value);
      if (digits === null) return asTheyAre.read(value);
      const meaning = meanings.get(digits);
      if (meaning === undefined) return { fault: { field: "code", code: "bps_names_missing", value: digits } };
      if ("code" in meaning) {
        matched++;
        return { code: meaning.code };
      }
      unsure++;
      const candidates = meaning.candidates.map(
        ({ code, probability }) => `${code} ${list.find(code)?.name ?? ""} (${Math.round(probability * 100)}%)`,
      );
      return {
        candidates: meaning.candidates,
        regency: meaning.regency,
        fault: { field: "code", code: "bps_uncertain", value: digits, candidates: candidates.join(", ") || "–" },
      };
    },
    tell: (report) => report.warn(null, { field: "code", code: "bps_matched", value: matched, unsure }),
  };
}

/**
 * Makes ready to read the codes of a file: `vintage` names another year than that of the loaded areas, or the codes are of BPS with names beside them.
 * @param fields the file's fields with their aliases, `code` among them. @param rows those of the file; the first are looked at and stay where they are.
 * @throws unknown_vintage when no list of that year is loaded.
 */
export async function openCodeTranslation(
  request: ImportRequest,
  parts: ImportParts,
  fields: FieldAliases,
  rows: AsyncIterable<readonly FileRow[]>,
  read: (properties: FileRow["properties"]) => Readonly<Record<string, unknown>>,
): Promise<CodeTranslation> {
  const sample = "sample" in rows ? (rows as SampledRows).sample : [];
  if (parts.readAgain && holdsBpsCodes(sample.filter((row) => !row.fault).map((row) => read(row.properties).code)))
    return fromBps(await matchBpsCodes(request, parts.readAgain(), fields, parts));
  return (await translationOfYear(request, parts)) ?? asTheyAre;
}

/** Makes ready to read Kemendagri codes of the year that `vintage` names; null where they are those of the loaded areas. @throws unknown_vintage. */
export async function translationOfYear(request: ImportRequest, parts: ImportParts): Promise<CodeTranslation | null> {
  const years = await yearsOf(request, parts);
  return years && fromOtherYear(parts, years);
}
