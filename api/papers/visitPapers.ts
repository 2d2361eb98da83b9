import type { Letterhead } from "../contract/letterhead.ts";
import type { Block, Paper } from "./paper.ts";
import { dayWords } from "./words.ts";

interface Place {
  readonly villageCode: string;
  readonly villageName: string | null;
  readonly districtName: string | null;
  readonly regencyName: string | null;
}
interface Member {
  readonly name: string;
  readonly role: string | null;
  readonly nip: string | null;
}
/** What stands on every paper: whose it is, and when and by whom it was made. */
export interface PaperFrame {
  readonly letterhead: Letterhead;
  readonly made: { readonly by: string; readonly on: string };
  readonly number: string;
}

const blank = "……………………";
const sideWords: Readonly<Record<string, string>> = {
  first: "Pihak pertama",
  second: "Pihak kedua",
  neutral: "Netral",
  authority: "Pemerintah",
};
const typeWords: Readonly<Record<string, string>> = {
  ...{ community: "Warga", village_government: "Pemerintah desa", government: "Instansi pemerintah", company: "Perusahaan" },
  ...{ religious_group: "Kelompok keagamaan", ethnic_group: "Kelompok etnis", martial_arts_school: "Perguruan silat" },
  ...{ youth_group: "Kelompok pemuda", mass_organisation: "Ormas", party: "Partai", workers: "Pekerja", traders: "Pedagang" },
  ...{ security_forces: "Aparat keamanan", other: "Lainnya" },
};
const nameOf = (type: string, name: string | null): string => name ?? typeWords[type] ?? type;
const placeWords = (place: Place): string =>
  [
    `Desa/Kelurahan ${place.villageName ?? place.villageCode}`,
    place.districtName ? `Kecamatan ${place.districtName}` : "",
    place.regencyName ?? "",
  ]
    .filter(Boolean)
    .join(", ");
const known = (value: number | null): string => (value === null ? "tidak diketahui" : String(value));
const paragraphs = (text: string): Block[] =>
  text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "")
    .map((line) => ({ kind: "paragraph", text: line }));

function paper(title: string, subtitle: string, blocks: readonly Block[], { letterhead, made, number }: PaperFrame): Paper {
  return {
    language: "id",
    letterhead,
    classification: "terbatas",
    title,
    subtitle: `Nomor: ${number || blank}`,
    blocks: subtitle === "" ? blocks : [{ kind: "paragraph", text: subtitle }, ...blocks],
    city: letterhead.city,
    dayInWords: dayWords(made.on, "id"),
    signatory: letterhead.signatory,
    foot: `Waspada · dibuat ${made.on} oleh ${made.by}`,
  };
}

/** Surat perintah tugas: who is sent, where and when. */
export function assignmentLetter(
  team: { readonly name: string; readonly members: readonly Member[] },
  visits: readonly (Place & { readonly day: string; readonly clock: string | null; readonly purpose: string | null })[],
  frame: PaperFrame,
): Paper {
  const members = team.members.length > 0 ? team.members : Array.from({ length: 3 }, () => ({ name: blank, role: blank, nip: blank }));
  return paper(
    "SURAT PERINTAH TUGAS",
    "",
    [
      { kind: "paragraph", text: "Memerintahkan kepada:" },
      {
        kind: "table",
        head: ["No.", "Nama", "NIP", "Kedudukan"],
        rows: members.map(({ name, nip, role }, index) => [String(index + 1), name, nip ?? "-", role ?? "-"]),
        shares: [1, 5, 4, 4],
      },
      { kind: "paragraph", text: `sebagai ${team.name}, untuk melaksanakan kunjungan mediasi dan pencegahan konflik sosial ke:` },
      {
        kind: "table",
        head: ["No.", "Hari, tanggal", "Pukul", "Tempat", "Keperluan"],
        rows: visits.map((visit, index) => [
          String(index + 1),
          dayWords(visit.day, "id"),
          visit.clock ?? "-",
          placeWords(visit),
          visit.purpose ?? "Kunjungan mediasi",
        ]),
        shares: [1, 3, 2, 6, 4],
      },
      { kind: "paragraph", text: "Melaporkan hasilnya kepada pimpinan paling lambat satu hari setelah kunjungan terakhir." },
    ],
    frame,
  );
}

interface VisitTold extends Place {
  readonly day: string;
  readonly clock: string | null;
  readonly team: string | null;
  readonly members: readonly Member[] | null;
  readonly purpose: string | null;
  readonly participants: readonly {
    readonly name: string | null;
    readonly type: string;
    readonly side: string;
    readonly count: number;
    readonly women: number | null;
    readonly youth: number | null;
    readonly heard: boolean | null;
  }[];
  readonly interests: readonly { readonly party: string; readonly side: string; readonly interest: string }[];
  readonly minutes: string | null;
  readonly nextReview: string | null;
}

const visitFacts = (visit: VisitTold): Block => ({
  kind: "facts",
  rows: [
    ["Hari, tanggal", dayWords(visit.day, "id")],
    ["Pukul", visit.clock ?? blank],
    ["Tempat", placeWords(visit)],
    ["Tim", visit.team ?? blank],
    ["Keperluan", visit.purpose ?? "Kunjungan mediasi"],
  ],
});
const leastLines = 15;

/** Daftar hadir: a sheet to sign, with the names that are known and room for more. */
export function attendanceList(visit: VisitTold, frame: PaperFrame): Paper {
  const rows = [
    ...(visit.members ?? []).map(({ name, role }) => [name, role ?? visit.team ?? "Tim"]),
    ...visit.participants.map(({ name, type, side }) => [name ?? "", `${typeWords[type] ?? type} (${sideWords[side] ?? side})`]),
  ];
  const empty = Array.from({ length: Math.max(0, leastLines - rows.length) }, () => ["", ""]);
  return paper(
    "DAFTAR HADIR",
    "",
    [
      visitFacts(visit),
      {
        kind: "table",
        head: ["No.", "Nama", "Unsur/jabatan", "L/P", "Tanda tangan"],
        rows: [...rows, ...empty].map(([name = "", role = ""], index) => [String(index + 1), name, role, "", ""]),
        shares: [1, 5, 5, 1, 4],
      },
    ],
    frame,
  );
}

/** Notulen: who was met and heard, what they need, what was said. What the team thinks of it stands on no paper. */
export function minutesPaper(visit: VisitTold, frame: PaperFrame): Paper {
  return paper(
    "NOTULEN",
    "",
    [
      visitFacts(visit),
      { kind: "heading", text: "Yang hadir dan yang didengar" },
      {
        kind: "table",
        head: ["Unsur", "Pihak", "Jumlah", "Perempuan", "Pemuda", "Didengar"],
        rows: visit.participants.map((one) => [
          nameOf(one.type, one.name),
          sideWords[one.side] ?? one.side,
          String(one.count),
          known(one.women),
          known(one.youth),
          one.heard === null ? "tidak diketahui" : one.heard ? "ya" : "tidak",
        ]),
        shares: [5, 3, 2, 3, 3, 3],
      },
      ...(visit.interests.length > 0
        ? ([
            { kind: "heading", text: "Kepentingan para pihak" },
            {
              kind: "table",
              head: ["Pihak", "Kepentingan"],
              rows: visit.interests.map(({ party, side, interest }) => [`${party} (${sideWords[side] ?? side})`, interest]),
              shares: [1, 2],
            },
          ] as const)
        : []),
      { kind: "heading", text: "Jalannya pertemuan" },
      ...paragraphs(visit.minutes ?? blank),
      ...(visit.nextReview ? paragraphs(`Ditinjau kembali: ${dayWords(visit.nextReview, "id")}.`) : []),
    ],
    frame,
  );
}

/** Berita acara kesepakatan: what was agreed, who does what until when, and room for the parties to sign. */
export function agreementRecordPaper(
  visit: VisitTold,
  agreements: readonly {
    readonly title: string;
    readonly facts: string | null;
    readonly agreedOn: string;
    readonly reviewOn: string | null;
    readonly parties: readonly { readonly type: string; readonly side: string; readonly name: string | null }[];
    readonly items: readonly { readonly text: string; readonly responsible: string; readonly due_on: string | null }[];
  }[],
  frame: PaperFrame,
): Paper {
  const blocks = agreements.flatMap((agreement): Block[] => [
    { kind: "heading", text: agreement.title },
    { kind: "paragraph", text: `Pada ${dayWords(agreement.agreedOn, "id")} di ${placeWords(visit)} para pihak menyepakati:` },
    ...(agreement.facts ? paragraphs(agreement.facts) : []),
    {
      kind: "table",
      head: ["No.", "Kesepakatan", "Penanggung jawab", "Tenggat"],
      rows: agreement.items.map(({ text, responsible, due_on }, index) => [
        String(index + 1),
        text,
        responsible,
        due_on ? dayWords(due_on, "id") : "-",
      ]),
      shares: [1, 7, 4, 3],
    },
    ...(agreement.reviewOn ? paragraphs(`Ditinjau kembali: ${dayWords(agreement.reviewOn, "id")}.`) : []),
    {
      kind: "table",
      head: ["Pihak", "Nama", "Tanda tangan"],
      rows: (agreement.parties.length > 0
        ? agreement.parties
        : [
            { type: "other", side: "first", name: "" },
            { type: "other", side: "second", name: "" },
          ]
      ).map(({ type, side, name }) => [sideWords[side] ?? side, nameOf(type, name), ""]),
      shares: [3, 5, 4],
    },
  ]);
  return paper("BERITA ACARA KESEPAKATAN", "", [visitFacts(visit), ...blocks], frame);
}
