import type { Actor } from "../contract/potential.ts";
import { addDays } from "../contract/time.ts";
import { around, type DemoPlace } from "./demoPlaces.ts";
import { seededChoice } from "./demoRandom.ts";

interface Told {
  readonly village: string;
  readonly district: string;
  /** How many villages it touches. */
  readonly villages?: number;
  readonly title: string;
  readonly issue: string;
  readonly stage: string;
  readonly openedDaysAgo: number;
  /** Days from today to the review; negative is overdue. */
  readonly reviewIn: number;
  readonly owner: string;
  readonly actors: readonly Actor[];
  readonly facts: string;
  readonly opinion?: string;
  readonly closing?: string;
}

const group = (type: Actor["type"], role: Actor["role"], name?: string): Actor => ({ type, role, ...(name ? { name } : {}) });
const told: readonly Told[] = [
  {
    village: "Sumberwangi",
    district: "Karangjati",
    villages: 3,
    title: "Rute konvoi dua perguruan silat",
    issue: "404",
    stage: "T3",
    openedDaysAgo: 410,
    reviewIn: -35,
    owner: "Bidang Kewaspadaan Nasional",
    actors: [
      group("martial_arts_school", "claimant", "Perguruan A"),
      group("martial_arts_school", "respondent", "Perguruan B"),
      group("security_forces", "mediator"),
    ],
    facts: "Dua perguruan memakai jalan yang sama pada malam latihan. Tiga kali bertemu dalam enam bulan.",
    opinion: "Jadwal yang dipisah lebih mungkin dipatuhi daripada larangan konvoi.",
  },
  {
    village: "Tegalwulan",
    district: "Tegalwulan",
    villages: 2,
    title: "Truk tambang galian C lewat jalan desa",
    issue: "302",
    stage: "T2",
    openedDaysAgo: 260,
    reviewIn: 12,
    owner: "Kecamatan Tegalwulan",
    actors: [group("community", "claimant", "Warga tepi jalan"), group("company", "respondent"), group("village_government", "mediator")],
    facts: "Warga menghadang truk dua kali. Jalan rusak sepanjang 900 meter. Perusahaan belum menjawab surat desa.",
  },
  {
    village: "Wanakerta",
    district: "Wanakerta",
    title: "Perebutan lapangan antara dua dusun",
    issue: "405",
    stage: "T4",
    openedDaysAgo: 70,
    reviewIn: -4,
    owner: "Tim Terpadu",
    actors: [group("youth_group", "claimant"), group("youth_group", "respondent")],
    facts: "Lapangan dipakai bergantian tanpa jadwal. Dua perkelahian dalam sebulan terakhir.",
  },
  {
    village: "Tegalwulan",
    district: "Tegalwulan",
    title: "Tanah kas desa yang disewa tanpa musyawarah",
    issue: "301",
    stage: "T1",
    openedDaysAgo: 520,
    reviewIn: -190,
    owner: "Inspektorat",
    actors: [group("community", "claimant"), group("village_government", "respondent")],
    facts: "Sewa lima tahun ditandatangani tanpa berita acara musyawarah desa.",
  },
];
const elsewhere: readonly Omit<Told, "village" | "district">[] = [
  {
    title: "Pembagian air irigasi musim kering",
    issue: "302",
    stage: "T2",
    openedDaysAgo: 130,
    reviewIn: 25,
    owner: "Dinas Pengairan",
    actors: [group("community", "claimant"), group("community", "respondent")],
    facts: "Pintu air dibuka malam hari oleh kelompok hulu. Tanaman hilir kering.",
  },
  {
    title: "Izin rumah ibadat yang belum lengkap",
    issue: "401",
    stage: "T1",
    openedDaysAgo: 300,
    reviewIn: -80,
    owner: "FKUB",
    actors: [group("religious_group", "claimant"), group("community", "respondent"), group("government", "mediator")],
    facts: "Berkas dukungan warga belum mencapai jumlah yang diminta. Pertemuan kedua belum dijadwalkan.",
  },
  {
    title: "Hasil seleksi perangkat desa digugat",
    issue: "202",
    stage: "T6",
    openedDaysAgo: 95,
    reviewIn: 40,
    owner: "Bagian Pemerintahan",
    actors: [group("community", "claimant"), group("village_government", "respondent")],
    facts: "Peserta mengadu ke camat. Panitia membuka nilai dan jadwal keberatan.",
  },
  {
    title: "Bau kandang ayam dekat permukiman",
    issue: "303",
    stage: "T7",
    openedDaysAgo: 240,
    reviewIn: 0,
    owner: "Dinas Lingkungan Hidup",
    actors: [group("community", "claimant"), group("company", "respondent")],
    facts: "Warga meminta kandang dipindah. Pengelola memasang penyaring.",
    closing: "Kesepakatan tertulis: penyaring dirawat tiap bulan dan diperiksa bersama.",
  },
];

/** A few invented standing disputes as features: some of every stage, some overdue for review, one closed. Groups, no persons. The same places, day and seed give the same. */
export function demoPotentials(places: readonly DemoPlace[], today: string, seed: number) {
  const choice = seededChoice(seed ^ 0xd15b);
  const somewhere = elsewhere.map((one) => {
    const place = choice.pick(places);
    return { ...one, village: place.name, district: place.districtName };
  });
  return [...told, ...somewhere].map((one) => {
    const near = around(places, one.village, one.district, one.villages ?? 1);
    const isClosed = one.closing !== undefined;
    return {
      type: "Feature" as const,
      id: choice.uuid(),
      geometry: null,
      properties: {
        village_codes: near.map((place) => place.code),
        title: one.title,
        issue: one.issue,
        stage: one.stage,
        status: isClosed ? ("closed" as const) : ("open" as const),
        owner: one.owner,
        opened_on: addDays(today, -one.openedDaysAgo),
        ...(isClosed ? { closed_on: addDays(today, -30), closing_note: one.closing } : { review_due: addDays(today, one.reviewIn) }),
        actors: one.actors,
        facts: one.facts,
        ...(one.opinion ? { opinion: one.opinion } : {}),
      },
    };
  });
}
