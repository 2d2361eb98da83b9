import { describe, expect, test } from "vitest";
import { findHarm } from "../../../../api/imports/message/messageCounts.ts";
import { findWhen } from "../../../../api/imports/message/messageDay.ts";
import { readHead } from "../../../../api/imports/message/messageHead.ts";
import { findPlacePhrases } from "../../../../api/imports/message/messagePlace.ts";
import { findForm, findIssue, findNil, findSourceValue } from "../../../../api/imports/message/messageWords.ts";

const zone = "Asia/Jakarta";
// A Saturday morning.
const sentAt = new Date("2025-06-28T08:00:00+07:00");
const whenOf = (text: string) => findWhen(text, sentAt, zone);

describe("when a message says that it happened", () => {
  test.each<[string, string, string]>([
    ["Pada hari Jumat, 27 Juni 2025 terjadi bentrok", "2025-06-27", "27 Juni 2025"],
    ["Tgl 27 Jun 25 ada tawuran", "2025-06-27", "27 Jun 25"],
    ["kejadian 27/06/2025", "2025-06-27", "27/06/2025"],
    ["kejadian 27-6-25 di pasar", "2025-06-27", "27-6-25"],
    ["kejadian 27.06.2025", "2025-06-27", "27.06.2025"],
    ["2025-06-27 bentrok", "2025-06-27", "2025-06-27"],
    ["tanggal 27 Juni lalu", "2025-06-27", "27 Juni"],
    ["30 Desember di balai desa", "2024-12-30", "30 Desember"],
    ["kemarin ada tawuran", "2025-06-27", "kemarin"],
    ["kemarin lusa ada tawuran", "2025-06-26", "kemarin lusa"],
    ["Semalam warga ribut", "2025-06-27", "Semalam"],
    ["tadi pagi warga ribut", "2025-06-28", "tadi pagi"],
    ["3 hari yang lalu warga ribut", "2025-06-25", "3 hari yang lalu"],
    ["Rabu lalu warga ribut", "2025-06-25", "Rabu lalu"],
  ])("%s", (text, day, evidence) => {
    const { value, evidence: found } = whenOf(text);
    expect([value, found?.text]).toEqual([day, evidence]);
    expect(text.slice(found!.start, found!.end)).toBe(evidence);
  });

  test.each<[string, string]>([
    ["27 Juni 2025 pukul 21.30 WIB", "2025-06-27T21:30:00+07:00"],
    ["27 Juni 2025 sekira pukul 09:05 WITA", "2025-06-27T09:05:00+08:00"],
    ["27/06/2025 jam 9 malam", "2025-06-27T14:00:00.000Z"],
    ["27/06/2025, 21.30 wit", "2025-06-27T21:30:00+09:00"],
  ])("with its time of day: %s", (text, moment) => {
    expect(whenOf(text).value).toBe(moment);
  });

  test.each([
    "Warga ribut di pasar",
    "31 Februari 2025",
    "tanggal 5 Agustus 2031",
    "nomor 0812.3456.789",
    "17/25 orang setuju",
    "Rp 27.000.000",
  ])("nothing is made up: %s", (text) => {
    expect(whenOf(text)).toEqual({ value: null, evidence: null, confidence: null });
  });

  test("a weekday that the date does not fall on, or a second date, makes it less sure", () => {
    const sure = whenOf("Jumat, 27 Juni 2025").confidence!;
    expect(whenOf("Senin, 27 Juni 2025").confidence).toBeLessThan(sure);
    const two = whenOf("27 Juni 2025 dan 20 Juni 2025");
    expect(two.confidence).toBeLessThan(sure);
    expect(two.alternatives).toEqual(["2025-06-20"]);
  });

  test.each<[string, string, string]>([
    ["[27/06/25 21.14.05] Budi: Lapor ndan", "2025-06-27T14:14:00.000Z", "Lapor ndan"],
    ["27/06/25 21.14 - Pak RT: Lapor", "2025-06-27T14:14:00.000Z", "Lapor"],
    ["[27/6/2025, 21:14] +62 812-0000-0000: Lapor", "2025-06-27T14:14:00.000Z", "Lapor"],
  ])("a messenger's head tells when it was sent: %s", (text, moment, body) => {
    const head = readHead(text, zone)!;
    expect([head.sentAt.toISOString(), text.slice(head.bodyStart)]).toEqual([moment, body]);
  });

  test.each(["Lapor: ada tawuran", "[45/06/25 21.14] Budi: x", "27/06/25 tawuran"])("and what is no head is none: %s", (text) => {
    expect(readHead(text, zone)).toBeNull();
  });
});

describe("how many were hurt", () => {
  const told = (text: string) => {
    const harm = findHarm(text);
    return [harm.killed.value, harm.injured.value, harm.displaced.value, harm.buildings_damaged.value, harm.buildings_destroyed.value];
  };
  const no = null;
  test.each<[string, (number | null)[]]>([
    ["2 orang luka-luka", [no, 2, no, no, no]],
    ["dua pemuda mengalami luka berat", [no, 2, no, no, no]],
    ["1 warga meninggal dunia, 3 luka ringan", [1, 3, no, no, no]],
    ["Korban meninggal: 1 orang, luka: 4 orang", [1, 4, no, no, no]],
    ["luka berat 2 orang, luka ringan 3 orang", [no, 5, no, no, no]],
    ["MD 1, LB 2, LR 1", [1, 3, no, no, no]],
    ["seorang santri tewas", [1, no, no, no, no]],
    ["Tidak ada korban jiwa", [0, no, no, no, no]],
    ["tidak ada korban", [0, 0, no, no, no]],
    ["Korban jiwa: nihil", [0, no, no, no, no]],
    ["1.200 jiwa mengungsi", [no, no, 1200, no, no]],
    ["3 rumah warga rusak, 1 kios ludes terbakar", [no, no, no, 3, 1]],
    ["lima rumah dibakar", [no, no, no, 5, no]],
    ["30 KK mengungsi", [no, no, no, no, no]],
    ["puluhan warga luka", [no, no, no, no, no]],
    ["beberapa orang luka-luka", [no, no, no, no, no]],
    ["belum ada laporan korban", [no, no, no, no, no]],
    ["Sekitar 50 orang berkumpul di pasar", [no, no, no, no, no]],
    ["27/06/2025 luka lama kambuh lagi", [no, no, no, no, no]],
    ["", [no, no, no, no, no]],
  ])("%s", (text, expected) => {
    expect(told(text)).toEqual(expected);
  });

  test("two numbers for one thing are told as unsure, the first taken", () => {
    expect(findHarm("2 orang luka. Menurut polisi 3 orang luka").injured).toMatchObject({ value: 2, confidence: 0.5, alternatives: [3] });
  });
});

describe("what it was about", () => {
  test.each<[string, string | null, string | null]>([
    ["Bentrokan dua perguruan silat di dekat pasar", "404", "F6"],
    ["Tawuran pelajar SMK, gir motor diamankan", "407", "F6"],
    ["Petani menutup jalan karena pupuk langka", "305", "F4"],
    ["Warga demo soal sengketa lahan", "301", "F3"],
    ["Pencuri motor dihajar massa", "409", "F5"],
    ["Penolakan pendirian gereja oleh warga", "401", "F1"],
    ["Konvoi suporter lewat kota", "406", "F10"],
    ["Hujan deras sejak sore", null, null],
    ["Patroli mencegah tawuran, tidak ada bentrokan", null, null],
  ])("%s", (text, issue, form) => {
    expect([findIssue(text).value, findForm(text).value]).toEqual([issue, form]);
  });

  test("what is named besides makes it less sure and is told", () => {
    const alone = findIssue("Masalah pupuk");
    const mixed = findIssue("Masalah pupuk dan dana desa dan tawuran pelajar");
    expect(mixed.confidence).toBeLessThan(alone.confidence!);
    expect(mixed.alternatives).toContain("305");
  });

  test("a word inside another is not that word", () => {
    expect(findIssue("Demografi penduduk, persilatan lidah, buruhan").value).toBeNull();
  });

  test("who said it, and a report of nothing", () => {
    expect(findSourceValue("Info dari Babinsa")).toMatchObject({ value: "B", evidence: { text: "Babinsa" } });
    expect(findSourceValue("Entah").value).toBeNull();
    expect(findNil("Situasi aman kondusif, nihil kejadian").value).toBe(true);
    expect(findNil("Situasi tegang").value).toBeNull();
  });
});

describe("where it was", () => {
  test.each<[string, readonly string[]]>([
    ["terjadi di Desa Sumberagung Kec. Megaluh Kab. Jombang pada", ["Desa Sumberagung, Kec. Megaluh, Kab. Jombang"]],
    ["Ds. Karang Anyar, Kec Ploso terjadi", ["Desa Karang Anyar, Kec. Ploso"]],
    ["di desa sumberagung warga ribut", ["Desa sumberagung"]],
    ["di Desa Kota Baru, Kota Blitar ribut", ["Desa Kota Baru, Kab. Blitar"]],
    ["di Desa Sumberagung Kota Blitar ribut", ["Desa Sumberagung, Kab. Blitar"]],
    ["di Pasar Legi ribut", ["Desa Pasar Legi"]],
    ["ribut di jalan", []],
  ])("%s", (text, queries) => {
    const [first] = findPlacePhrases(text);
    expect(first?.queries ?? []).toEqual(queries);
    if (first) expect(text.slice(first.evidence.start, first.evidence.end)).toBe(first.evidence.text);
  });
});
