import { dayOfMoment, isDay } from "../../format/day.ts";
import { type Draft, sourceGrades } from "./draft.ts";

/** An incident as the service gives it. */
export interface Incident {
  readonly id: string;
  readonly geometry: { readonly type: "Point"; readonly coordinates: readonly [number, number] } | null;
  readonly properties: IncidentProperties;
}

export interface IncidentProperties {
  readonly village_code: string;
  readonly village_name: string | null;
  readonly district_code: string | null;
  /** A day, or a moment when the time is known. */
  readonly occurred_from: string;
  readonly occurred_to: string | null;
  readonly recorded_at: string;
  readonly issue: string;
  readonly form: string;
  readonly field: string | null;
  readonly source_class: string | null;
  readonly stage: string | null;
  readonly severity: number;
  readonly status: string;
  readonly source_value: string;
  readonly content_value: number;
  readonly title: string | null;
  readonly facts: string;
  readonly opinion: string | null;
  readonly killed: number | null;
  readonly injured: number | null;
  readonly displaced: number | null;
  readonly buildings_damaged: number | null;
  readonly buildings_destroyed: number | null;
  readonly location_precision: number;
  readonly verification_level: "district" | "regency" | null;
  readonly merged_into: string | null;
  readonly report_ids: readonly string[];
}

/** Jakarta's distance from UTC; the office's clock has no summer time. */
const officeOffset = "+07:00";

const count = (text: string): number | string | null => (text.trim() === "" ? null : /^\d+$/.test(text.trim()) ? Number(text) : text);

/** What is sent of a draft of an incident. Fields that the form does not show are taken from `base`, the incident being changed. */
export function incidentOf(draft: Draft, base?: Incident): Record<string, unknown> {
  const moved = base && draft.place?.code !== base.properties.village_code;
  const point = draft.point ? { type: "Point", coordinates: draft.point } : null;
  const grade = draft.source ? { source_value: sourceGrades[draft.source] } : {};
  return {
    type: "Feature",
    id: draft.id,
    geometry: point ?? (moved ? null : (base?.geometry ?? null)),
    properties: {
      ...base?.properties,
      ...(moved ? { location_precision: null } : {}),
      village_code: draft.place?.code ?? null,
      occurred_from: draft.time ? `${draft.day}T${draft.time}:00${officeOffset}` : draft.day,
      issue: draft.issue,
      form: draft.form,
      ...(base && base.properties.issue !== draft.issue ? { field: null } : {}),
      ...(base && base.properties.form !== draft.form ? { severity: null } : {}),
      facts: draft.facts.trim(),
      opinion: draft.opinion.trim() || null,
      killed: count(draft.killed),
      injured: count(draft.injured),
      displaced: count(draft.displaced),
      ...grade,
    },
  };
}

/** What is sent of a draft of a nil report. `channel` is how it is known, in words. */
export function nilReportOf(draft: Draft, channel: string | null): Record<string, unknown> {
  return {
    type: "Feature",
    id: draft.id,
    geometry: null,
    properties: {
      nil: true,
      village_code: draft.place?.code ?? null,
      obtained_at: draft.obtained,
      period_from: draft.periodFrom,
      period_to: draft.periodTo,
      ...(channel ? { channel } : {}),
      ...(draft.source ? { source_value: sourceGrades[draft.source] } : {}),
      ...(draft.nilFacts.trim() ? { facts: draft.nilFacts.trim() } : {}),
    },
  };
}

const shownTime = (moment: string): string =>
  new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Jakarta", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(
    new Date(moment),
  );

/** The time of day of a moment in the office's time, `22:10`; empty for a bare day. */
export function timeOfMoment(when: string): string {
  return isDay(when) ? "" : shownTime(when);
}

/** The fields of the form for an incident that is to be changed. */
export function draftOf(incident: Incident, district: string, empty: Draft): Draft {
  const { properties } = incident;
  const text = (value: number | null): string => (value === null ? "" : String(value));
  const name = properties.village_name ?? properties.village_code;
  return {
    ...empty,
    kind: "event",
    id: incident.id,
    placeText: name,
    place: { code: properties.village_code, name, district },
    day: dayOfMoment(properties.occurred_from),
    time: timeOfMoment(properties.occurred_from),
    issue: properties.issue,
    form: properties.form,
    facts: properties.facts,
    opinion: properties.opinion ?? "",
    killed: text(properties.killed),
    injured: text(properties.injured),
    displaced: text(properties.displaced),
  };
}

/** A report that nothing happened, as the service gives it. */
export interface NilReport {
  readonly id: string;
  readonly properties: {
    readonly village_code: string;
    readonly village_name: string | null;
    readonly obtained_at: string;
    readonly period_from: string | null;
    readonly period_to: string | null;
    readonly channel: string | null;
    readonly facts: string | null;
  };
}
