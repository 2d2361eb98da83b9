/** One promise while it is written. */
export interface ItemDraft {
  readonly text: string;
  readonly responsible: string;
  readonly due: string;
}
export interface AgreementDraft {
  readonly title: string;
  readonly facts: string;
  readonly reviewOn: string;
  readonly items: readonly ItemDraft[];
}

export const emptyItem: ItemDraft = { text: "", responsible: "", due: "" };
export const emptyAgreement: AgreementDraft = { title: "", facts: "", reviewOn: "", items: [emptyItem] };

const isEmpty = (item: ItemDraft): boolean => !item.text.trim() && !item.responsible.trim() && !item.due;

/** The fields that must be filled before it can be kept, in their order; rows left empty are no rows. */
export function missingInAgreement(draft: AgreementDraft): string[] {
  const items = draft.items.flatMap((item, index) =>
    isEmpty(item)
      ? []
      : [...(item.text.trim() ? [] : [`item-text-${index}`]), ...(item.responsible.trim() ? [] : [`item-responsible-${index}`])],
  );
  return [...(draft.title.trim() ? [] : ["agreement-title"]), ...items];
}

/** What is sent for a visit. */
export function sentAgreement(draft: AgreementDraft, visit: string): Record<string, unknown> {
  return {
    visit_id: visit,
    title: draft.title.trim(),
    facts: draft.facts.trim() || null,
    review_on: draft.reviewOn || null,
    items: draft.items
      .filter((item) => !isEmpty(item))
      .map(({ text, responsible, due }) => ({ text: text.trim(), responsible: responsible.trim(), due_on: due || null })),
  };
}
