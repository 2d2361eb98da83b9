import { describe, expect, it } from "vitest";
import { isShortening, longForms, otherDirection } from "../../../../api/analysis/names/abbreviations.ts";
import { levelOfWord, nameKey, readOfficialName, readTypedName } from "../../../../api/analysis/names/placeName.ts";
import { modernKey, plainWords, spelledNumber } from "../../../../api/analysis/names/spelling.ts";

const alphabet = [..."abcdefghijklmnopqrstuvwxyz"];

describe("words in names of places", () => {
  it("every short form stands for words with its first letter and its letters in their order (Sei, the Dutch way of writing, apart)", () => {
    const shorts = [...alphabet];
    for (const a of alphabet) for (const b of alphabet) shorts.push(a + b, ...alphabet.map((c) => a + b + c));
    const found = [...shorts, "teng"].filter((short) => longForms(short).length > 0);
    expect(found).toHaveLength(94);
    for (const short of found)
      for (const long of longForms(short)) {
        expect(long, short).toMatch(/^[a-z]{3,9}$/);
        if (short !== "sei") expect(long).toMatch(new RegExp(`^${[...short].join(".*")}`));
      }
    expect(longForms("sei")).toEqual(["sungai"]);
    expect(found.filter((short) => longForms(short).length > 1)).toHaveLength(20);
    expect([longForms("constructor"), longForms("")]).toEqual([[], []]);
  });

  it.each([
    ["wetan", "timur"],
    ["kulon", "barat"],
    ["lor", "utara"],
    ["kidul", "selatan"],
  ])("%s is %s, and the other way round", (local, national) => {
    expect([otherDirection(local), otherDirection(national)]).toEqual([national, local]);
    expect([otherDirection("tengah"), otherDirection("constructor")]).toEqual([null, null]);
  });

  it.each([
    ["village", "ds des desa ks kel klr kelurahan"],
    ["district", "kec kecamatan kcm distrik dist kapanewon kemantren"],
    ["regency", "kab kabupaten kbp kotamadya kodya"],
    ["province", "prov prop provinsi propinsi"],
  ])("tell a %s: %s", (level, words) => {
    for (const word of words.split(" ")) expect(levelOfWord(word), word).toBe(level);
    expect([levelOfWord("kampung"), levelOfWord("constructor")]).toEqual([null, null]);
  });

  it("numerals up to twenty are words, above them figures; four figures and words of other letters are left alone", () => {
    const upTo12 = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas duabelas".split(" ");
    const others = "tigabelas empatbelas limabelas enambelas tujuhbelas delapanbelas sembilanbelas duapuluh".split(" ");
    expect(Array.from({ length: 21 }, (_, value) => spelledNumber(String(value)))).toEqual([...upTo12, ...others]);
    expect(["21", "021", "999", "1000", "xxi", "xxxix", "iiii", "xxxx", "vx", ""].map(spelledNumber)).toEqual([
      "21",
      "21",
      "999",
      "1000",
      "21",
      "39",
      "iiii",
      "xxxx",
      "vx",
      "",
    ]);
  });

  it.each([
    ["sbr", "sumber", true],
    ["smbr", "sumber", true],
    ["sumb", "sumberr", true],
    ["suma", "sumbea", false],
    ["sum", "sumbe", true],
    ["sum", "sumb", false],
    ["sm", "sumb", true],
    ["smbrg", "sumberagung", false],
    ["ss", "sari", false],
    ["ss", "susu", true],
    ["mb", "sumber", false],
  ])("%s may be short for %s: %s", (short, long, expected) => expect(isShortening(short, long)).toBe(expected));

  it.each([
    ["Desa", "desa"],
    ["Kec. Kab. Drien", "drien"],
    ["Drien Desa", "driendesa"],
    ["S Rampah", "srampah"],
    ["Sei Rampah", "sungairampah"],
    ["Bt. Raya", "baturaya"],
    ["Tjoet Njak", "cutnyak"],
    ["Djojo", "jojo"],
    ["Sjech Achmad", "syekhakhmad"],
    ["Soekkoe 3", "sukutiga"],
    ["RW5", "rwlima"],
    ["5A", "limaa"],
  ])("the key of %s is %s", (name, key) => expect(nameKey(name)).toBe(modernKey([key])));

  it("punctuation parts words, marks and apostrophes do not, and so do figures beside letters", () => {
    expect(plainWords("  Du’en--Ba'u (Café) 12b3 ")).toEqual(["duen", "bau", "cafe", "12", "b", "3"]);
  });

  it.each<[string, [string, number][]]>([
    ["Drien", [["drien", 0]]],
    [
      "S Rampah",
      [
        ["s rampah", 0],
        ["sungai rampah", 1.4],
        ["sumber rampah", 2.6],
      ],
    ],
    ["Rampah S", [["rampah s", 0]]],
    [
      "Lor",
      [
        ["lor", 0],
        ["utara", 3],
      ],
    ],
    [
      "Nagari Kidul",
      [
        ["nagari kidul", 0],
        ["kidul", 1],
        ["nagari selatan", 3],
        ["selatan", 4],
      ],
    ],
    ["Nagari", [["nagari", 0]]],
    [
      "Kp. II",
      [
        ["kp dua", 0],
        ["kampung dua", 1.4],
        ["dua", 2.4],
      ],
    ],
    ["Kec. Kota", [["kota", 0]]],
  ])("%s may be meant in these ways, the likeliest first", (text, expected) => {
    const { forms } = readTypedName(text);
    expect(forms.map(({ words }) => words.join(" "))).toEqual(expected.map(([words]) => words));
    forms.forEach(({ nats, words, end, key }, index) => {
      expect(nats).toBeCloseTo(expected[index]![1], 9);
      expect([end, key]).toEqual([words.slice(1).join(""), modernKey(words)]);
    });
  });

  it("of a name of many short words the twelve likeliest ways are kept, ascending", () => {
    const { forms } = readTypedName("tj kp sbr bt pd lb tl kr");
    expect(forms).toHaveLength(12);
    expect(forms.map(({ nats }) => nats)).toEqual(forms.map(({ nats }) => nats).sort((a, b) => a - b));
    // Nothing written out, one of eight words, two that may be second choices: no way with 2.6 stands before one with 1.4.
    expect(forms[0]!.nats).toBe(0);
    expect(forms.slice(1, 9).map(({ nats }) => nats)).toEqual(new Array(8).fill(1.4));
    for (const { nats } of forms.slice(9)) expect(nats).toBeCloseTo(2.6, 9);
  });

  it("a list's name has a bare form only where a kind word stands before another", () => {
    expect(readOfficialName("Gampong Drien").bare).toMatchObject({ key: "drien", words: ["drien"], end: "" });
    expect(readOfficialName("Gampong").bare).toBeNull();
    expect(readOfficialName("Drien").bare).toBeNull();
    expect(readOfficialName("Drien Gampong").bare).toBeNull();
    expect(readOfficialName("Desa Drien Lama")).toMatchObject({ closed: "drienlama", words: ["drien", "lama"], key: "drienlama" });
  });
});
