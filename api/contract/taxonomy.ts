import taxonomy from "../../data/taxonomy.json" with { type: "json" };

/** The taxonomy that ships: codes of issues, forms, stages and fields with their names in both languages. */
export { taxonomy };

type Codes = readonly [string, ...string[]];
const codesOf = (list: readonly { readonly code: string }[]): Codes => list.map((entry) => entry.code) as unknown as Codes;

export const issueCodes = codesOf(taxonomy.issues);
/** Forms of incidents. F0 (nil) exists only in reports. */
export const formCodes = codesOf(taxonomy.forms.filter((form) => form.code !== "F0"));
export const stageCodes = codesOf(taxonomy.stages);
export const fieldCodes = codesOf(taxonomy.fields);
export const sourceClassCodes = codesOf(taxonomy.source_classes);
/** Context layers: shown, but outside the conflict score unless asked for. */
export const contextIssueCodes: readonly string[] = taxonomy.issues.filter((issue) => issue.context).map((issue) => issue.code);

const fieldByIssue = new Map(taxonomy.issues.map((issue) => [issue.code, issue.field]));
const severityByForm = new Map(taxonomy.forms.map((form) => [form.code, form.severity]));

/** The field (bidang) that an issue belongs to unless told otherwise. */
export function fieldOfIssue(issue: string): string {
  return fieldByIssue.get(issue) ?? "SOS";
}

/** The severity, 1 to 5, that a form has unless told otherwise. */
export function severityOfForm(form: string): number {
  return severityByForm.get(form) ?? 1;
}
