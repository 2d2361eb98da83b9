import { describe, expect, it } from "vitest";
import { explanation, explanationNumbers } from "../../../../web/panels/detail/explanation.ts";
import type { RiskValues } from "../../../../web/panels/detail/riskValues.ts";
import { language, t } from "../../../../web/text/text.svelte.ts";

const village: RiskValues = {
  score: 71,
  scoreLower: 64,
  scoreUpper: 79,
  band: "SANGAT RAWAN",
  rank: 4,
  rankLower: 2,
  rankUpper: 9,
  kejadian: 14.8,
  imbasan: 12.1,
  kecenderungan: 13.7,
  kerentanan: 9.6,
  agenda: 11.3,
  potensi: 9.5,
  count: 7,
  population: 3933,
  populationYear: 2024,
};
const words = (values: RiskValues | null, hotspot: Parameters<typeof explanation>[2] = null) =>
  explanation(values, 282, hotspot, "id")
    .map(({ key, values: filled }) => t(key, filled))
    .join(" ");

describe("Artinya", () => {
  it.each([
    [{}, "Lebih rawan daripada hampir semua desa lain, tetapi peringkat pastinya belum tentu. Ini urutan, bukan ramalan."],
    [
      { rank: 1, rankLower: 1, rankUpper: 2 },
      "Lebih rawan daripada hampir semua desa lain, dan peringkatnya cukup pasti. Ini urutan, bukan ramalan.",
    ],
    [
      { rank: 40, rankLower: 20, rankUpper: 90 },
      "Termasuk sepertiga desa yang paling rawan, tetapi peringkat pastinya belum tentu. Ini urutan, bukan ramalan.",
    ],
    [
      { rank: 4, rankLower: 1, rankUpper: 200 },
      "Belum dapat dibedakan dari kebanyakan desa lain, karena rentang peringkatnya lebar. Ini urutan, bukan ramalan.",
    ],
    [
      { rank: 250, rankLower: 200, rankUpper: 270, count: 0 },
      "Termasuk sepertiga desa yang skornya paling rendah, tetapi peringkat pastinya belum tentu. Tidak ada laporan di sini bukan bukti aman. Ini urutan, bukan ramalan.",
    ],
  ])("speaks by the interval of the rank: %o", (change, expected) => {
    language.current = "id";
    expect(words({ ...village, ...change })).toBe(expected);
  });

  it("says what a village short of data lacks, and claims nothing else", () => {
    const short = { ...village, band: "DATA KURANG", rank: null, rankLower: null, rankUpper: null } as const;
    expect(words({ ...short, population: null })).toMatch(/^Penduduk desa ini tidak diketahui/);
    expect(words({ ...short, scoreLower: 20, scoreUpper: 70 })).toContain("20–70");
    expect(words(short)).toBe("Datanya belum cukup untuk menilai desa ini.");
    expect(words(null)).toBe("Desa ini belum dinilai.");
  });

  it("names a hotspot with its q, and nothing where it is not significant", () => {
    expect(words(village, { z: 3.1, p: 0.001, q: 0.012, class: "hot" })).toContain("titik panas (q 0,012)");
    expect(words(village, { z: 0.2, p: 0.8, q: 0.9, class: "not significant" })).not.toContain("titik");
  });

  it("tells the score, the parts that gave most of it and the incidents, and no number of a village short of data", () => {
    const told = (values: RiskValues) =>
      explanationNumbers(values, (part) => t(`detail.part_${part}`), "id")
        .map(({ key, values: filled }) => t(key, filled))
        .join(" ");
    expect(told(village)).toBe(
      "Skor 71,0 (90%: 64–79), terbanyak dari Kejadian 14,8, Kecenderungan 13,7 poin. 7 kejadian dihitung dalam periode.",
    );
    expect(told({ ...village, count: 0 })).not.toContain("kejadian dihitung");
    expect(told({ ...village, band: "DATA KURANG" })).toBe("");
  });
});
