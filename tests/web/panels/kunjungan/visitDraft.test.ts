import { describe, expect, it } from "vitest";
import { checkAgreement } from "../../../../api/contract/agreement.ts";
import { checkVisit } from "../../../../api/contract/visit.ts";
import { emptyAgreement, missingInAgreement, sentAgreement } from "../../../../web/panels/kunjungan/agreementDraft.ts";
import { draftOfVisit, emptyParticipant, sentVisit, unheard } from "../../../../web/panels/kunjungan/visitDraft.ts";

const frame = { now: new Date("2026-11-22T05:00:00Z"), timeZone: "Asia/Jakarta" };
const village = { village_code: "99.01.01.2001", day: "2026-11-20" };
const kept = (properties: Record<string, unknown>) => {
  const checked = checkVisit({ ...village, ...properties }, frame);
  if (!("record" in checked)) throw new Error(JSON.stringify(checked));
  return checked.record;
};

describe("the result of a visit", () => {
  it("comes back as it was kept, and what is not known stays unknown", () => {
    const record = kept({
      status: "done",
      participants: [{ type: "community", side: "first", count: 12, women: 5, heard: true }],
      interests: [{ party: "PSHT", side: "first", interest: "Lapangan" }],
      minutes: "Baik.",
      outcome: "agreement",
      next_review: "2026-12-01",
    });
    const again = kept(sentVisit(draftOfVisit(record)));
    expect(again).toEqual(record);
    expect(again.participants[0]).toMatchObject({ youth: null, heard: true });
  });

  it("of one that was planned is about to be done; rows without words are left out", () => {
    const draft = draftOfVisit(kept({}));
    expect(draft.status).toBe("done");
    expect(sentVisit({ ...draft, interests: [{ party: "PSHT", side: "first", interest: " " }] }).interests).toEqual([]);
  });

  it.each([
    [[], ["first", "second", "women", "youth"]],
    [[{ side: "first", heard: "true", women: "2" }], ["second", "youth"]],
    [[{ side: "second", heard: "false", youth: "3" }], ["first", "second", "women", "youth"]],
    [
      [
        { side: "first", heard: "true", women: "1", youth: "0" },
        { side: "second", heard: "true", youth: "1" },
      ],
      [],
    ],
  ] as const)("%j leaves %j unheard", (participants, expected) => {
    expect(unheard(participants.map((one) => ({ ...emptyParticipant, ...one })))).toEqual(expected);
  });
});

describe("an agreement", () => {
  const id = "08c8d5b0-6286-41cd-a461-e793a4850451";
  it("needs a title, and of every item that was begun what and who", () => {
    expect(missingInAgreement(emptyAgreement)).toEqual(["agreement-title"]);
    expect(missingInAgreement({ ...emptyAgreement, title: "x", items: [{ text: "", responsible: "", due: "2026-12-01" }] })).toEqual([
      "item-text-0",
      "item-responsible-0",
    ]);
  });

  it("is what the service takes, without the rows that stayed empty", () => {
    const item = { text: "Lapangan bergantian", responsible: "Kepala desa", due: "2026-12-01" };
    const checked = checkAgreement(
      sentAgreement({ ...emptyAgreement, title: " Jadwal ", items: [item, ...emptyAgreement.items] }, id),
      frame,
    );
    expect("record" in checked && checked.record).toMatchObject({
      visit_id: id,
      title: "Jadwal",
      items: [{ text: item.text, responsible: item.responsible, due_on: item.due, status: "open" }],
    });
  });
});
