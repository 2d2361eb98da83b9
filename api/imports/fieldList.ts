import type { ImportKind } from "../contract/importReport.ts";
import { boundaryFields } from "./boundaryRow.ts";
import type { FieldKind } from "./cellReader.ts";
import type { FieldAliases } from "./columns.ts";
import { incidentFieldKind, incidentFields } from "./incidentRow.ts";
import { indicatorFields } from "./indicators.ts";
import { potentialFields } from "./potentialRow.ts";
import { reportFieldKind, reportFields } from "./reportRow.ts";
import { rosterFields } from "./rosterRow.ts";
import { vintageFields } from "./vintageRow.ts";

/** A field that an import takes, with what is written in it. */
export interface ImportField {
  readonly name: string;
  readonly required: boolean;
  readonly kind: FieldKind;
  readonly expected: { readonly id: string; readonly en: string };
  readonly aliases: readonly string[];
}

const kindsByName: Readonly<Record<string, FieldKind>> = {
  code: "code",
  area_code: "code",
  village_code: "code",
  year: "number",
  value: "number",
  population: "number",
  every_days: "number",
  grace_days: "number",
  lon: "coordinate",
  lat: "coordinate",
  longitude: "coordinate",
  latitude: "coordinate",
  opened_on: "day",
  review_due: "day",
  closed_on: "day",
  valid_from: "day",
  valid_to: "day",
};
const kindByName = (field: string): FieldKind => kindsByName[field] ?? "text";

const files: Readonly<Record<ImportKind, { aliases: FieldAliases; required: readonly string[]; kindOf: (field: string) => FieldKind }>> = {
  boundaries: { aliases: boundaryFields, required: ["code", "name"], kindOf: kindByName },
  indicators: { aliases: indicatorFields, required: ["code"], kindOf: kindByName },
  incidents: { aliases: incidentFields, required: ["occurred_from", "issue", "form", "facts"], kindOf: incidentFieldKind },
  reports: { aliases: reportFields, required: ["village_code", "facts"], kindOf: reportFieldKind },
  vintage: { aliases: vintageFields, required: ["code", "name"], kindOf: kindByName },
  roster: { aliases: rosterFields, required: ["area_code", "cadence"], kindOf: kindByName },
  potentials: { aliases: potentialFields, required: ["village_code", "title", "issue"], kindOf: kindByName },
};

const expectations: Readonly<Record<FieldKind, { id: string; en: string }>> = {
  code: { id: "kode Kemendagri, misalnya 35.17.01.2001", en: "a Kemendagri code such as 35.17.01.2001" },
  number: { id: "angka, misalnya 3372 atau 0,74", en: "a number such as 3372 or 0.74" },
  coordinate: { id: "derajat, misalnya 112,2336 atau -7,5469", en: "degrees such as 112.2336 or -7.5469" },
  day: { id: "tanggal, misalnya 2025-06-01 atau 1 Juni 2025", en: "a day such as 2025-06-01 or 1 June 2025" },
  text: { id: "teks", en: "text" },
};
const special: Readonly<Record<string, { id: string; en: string }>> = {
  issue: { id: "kode isu 101–999", en: "an issue code 101–999" },
  form: { id: "bentuk F1–F10", en: "a form F1–F10" },
  severity: { id: "1–5", en: "1–5" },
  stage: { id: "T0–T7", en: "T0–T7" },
  source_value: { id: "A–F", en: "A–F" },
  content_value: { id: "1–6", en: "1–6" },
  year: { id: "tahun, misalnya 2024", en: "a year such as 2024" },
  indicator: { id: "nama indikator, misalnya population", en: "the name of an indicator such as population" },
  population: { id: "jumlah penduduk, bilangan bulat", en: "people, a whole number" },
  id: { id: "UUID; boleh kosong", en: "a UUID; may be absent" },
};

/** The fields of an import, in the order in which they are looked for. */
export function fieldsOf(kind: ImportKind): ImportField[] {
  const { aliases, required, kindOf } = files[kind];
  return Object.entries(aliases).map(([name, names]) => ({
    name,
    required: required.includes(name),
    kind: kindOf(name),
    expected: special[name] ?? expectations[kindOf(name)],
    aliases: names,
  }));
}
