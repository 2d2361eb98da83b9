import type { CheckedIncident } from "../contract/incident.ts";

/** What is told of an incident, column by column: the one list that writing, staging and reading share, so that none can miss a column. */
const told = {
  occurred_from: "occurredFrom",
  occurred_to: "occurredTo",
  occurred_precision: "occurredPrecision",
  occurred_on: "occurredOn",
  issue: "issue",
  form: "form",
  field: "field",
  source_class: "sourceClass",
  stage: "stage",
  severity: "severity",
  status: "status",
  source_value: "sourceValue",
  content_value: "contentValue",
  title: "title",
  facts: "facts",
  opinion: "opinion",
  killed: "killed",
  injured: "injured",
  displaced: "displaced",
  buildings_damaged: "buildingsDamaged",
  buildings_destroyed: "buildingsDestroyed",
  location_precision: "locationPrecision",
} as const satisfies Readonly<Record<string, keyof CheckedIncident>>;

export const toldColumns: readonly string[] = Object.keys(told);

/** The values of a checked incident in the order of `toldColumns`. */
export function toldValues(incident: CheckedIncident): unknown[] {
  return Object.values(told).map((field) => incident[field]);
}
