import { addDays } from "../contract/time.ts";
import type { VisitWorkKind } from "../queries/visitWork.ts";
import { type DemoPlace, demoRegency } from "./demoPlaces.ts";

/** One invented thing, by the names of its columns. */
export interface DemoWork {
  readonly kind: VisitWorkKind;
  readonly id: string;
  readonly record: Readonly<Record<string, unknown>>;
}

const idOf = (number: number): string => `99010000-0000-4000-8000-0000000000${String(number).padStart(2, "0")}`;
const weekdays = [1, 2, 3, 4, 5];

/** Invented teams, mediators, and past visits of which one ended in an agreement that is partly overdue. */
export function demoVisits(places: readonly DemoPlace[], today: string): DemoWork[] {
  const codeOf = (name: string): string => places.find((place) => place.name === name)?.code ?? places[0]!.code;
  const [first, second, third] = ["Sumberwangi", "Tegalwulan", "Wanakerta"].map(codeOf) as [string, string, string];
  const team = (number: number, name: string, base: string, skills: string[], languages: string[]): DemoWork => ({
    kind: "teams",
    id: idOf(number),
    record: {
      ...{ area_code: demoRegency, name, base_code: base, base_lon: null, base_lat: null, hours_per_day: 8, starts_at: "08:00", weekdays },
      ...{ skills, languages, members: [{ name: "Petugas Contoh (fiktif)", role: "Ketua", nip: null }] },
    },
  });
  const mediator = (number: number, name: string, role: string, base: string, issues: string[]): DemoWork => ({
    kind: "mediators",
    id: idOf(number),
    record: {
      ...{
        area_code: base,
        name,
        role,
        contact: null,
        skills: ["mediasi"],
        languages: ["Indonesia", "Jawa"],
        issues,
        serves: [demoRegency],
      },
      ...{ consent_on: addDays(today, -200), consent_until: null, consent_how: "Data peragaan, orang rekaan", available: true, note: null },
    },
  });
  const empty = { sequence: 0, starts_at: null, ends_at: null, locked: false, potential_id: null, interests: [], assessment: null };
  const visit = (number: number, code: string, teamOf: number, teamName: string, told: Readonly<Record<string, unknown>>): DemoWork => ({
    kind: "visits",
    id: idOf(number),
    record: { ...empty, village_code: code, regency_code: demoRegency, team_id: idOf(teamOf), team: teamName, status: "done", ...told },
  });
  return [
    team(1, "Tim Utara", first, ["mediasi", "perguruan silat"], ["Indonesia", "Jawa"]),
    team(2, "Tim Selatan", second, ["mediasi", "agraria"], ["Indonesia", "Jawa", "Madura"]),
    mediator(11, "Pak Contoh Satu (fiktif)", "Tokoh masyarakat", first, ["404"]),
    mediator(12, "Bu Contoh Dua (fiktif)", "Anggota FKDM", second, ["302", "301"]),
    mediator(13, "Pak Contoh Tiga (fiktif)", "Tokoh pemuda", third, []),
    visit(21, first, 1, "Tim Utara", {
      ...{
        day: addDays(today, -45),
        purpose: "Mendengar kedua perguruan",
        issue: "404",
        outcome: "agreement",
        next_review: addDays(today, -3),
      },
      minutes: "Kedua perguruan menyampaikan keberatannya. Disepakati malam latihan yang berbeda.",
      participants: [
        { name: "Perguruan A", type: "martial_arts_school", side: "first", count: 8, women: 2, youth: 5, heard: true },
        { name: "Perguruan B", type: "martial_arts_school", side: "second", count: 7, women: 1, youth: 4, heard: true },
        { name: null, type: "village_government", side: "authority", count: 3, women: 1, youth: null, heard: true },
      ],
      interests: [
        { party: "Perguruan A", side: "first", interest: "Jalan menuju tempat latihan tetap boleh dilalui." },
        { party: "Perguruan B", side: "second", interest: "Tidak diganggu pada malam latihan." },
      ],
    }),
    visit(22, second, 2, "Tim Selatan", {
      ...{
        day: addDays(today, -20),
        purpose: "Truk tambang lewat jalan desa",
        issue: "302",
        outcome: "progress",
        next_review: addDays(today, 25),
      },
      minutes: "Warga menunjukkan jalan yang rusak. Perusahaan belum hadir.",
      participants: [{ name: "Warga tepi jalan", type: "community", side: "first", count: 14, women: 6, youth: 2, heard: true }],
    }),
    {
      kind: "agreements",
      id: idOf(31),
      record: {
        ...{
          visit_id: idOf(21),
          village_code: first,
          regency_code: demoRegency,
          title: "Malam latihan dan rute konvoi dipisah",
          issue: "404",
        },
        facts: "Kedua perguruan tidak berlatih pada malam yang sama dan tidak melewati gelanggang yang lain.",
        parties: [
          { type: "martial_arts_school", side: "first", name: "Perguruan A" },
          { type: "martial_arts_school", side: "second", name: "Perguruan B" },
        ],
        ...{ agreed_on: addDays(today, -45), review_on: addDays(today, 15), status: "open", closing_note: null },
        items: [
          {
            ...{ id: idOf(41), text: "Jadwal latihan bersama ditempel di balai desa", responsible: "Pemerintah desa" },
            ...{ due_on: addDays(today, -30), status: "done", done_on: addDays(today, -33), note: null },
          },
          {
            ...{ id: idOf(42), text: "Rute konvoi disepakati dengan Polsek", responsible: "Kedua perguruan" },
            ...{ due_on: addDays(today, -6), status: "open", done_on: null, note: null },
          },
        ],
      },
    },
  ];
}
