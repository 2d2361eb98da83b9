import { describe, expect, it } from "vitest";
import { isShortening } from "../../../../api/analysis/names/abbreviations.ts";
import { editNats } from "../../../../api/analysis/names/letterEdits.ts";
import { nameLikeness, nameNats } from "../../../../api/analysis/names/nameLikelihood.ts";
import { nameKey, readOfficialName, readTypedName } from "../../../../api/analysis/names/placeName.ts";
import { plainWords, spelledNumber } from "../../../../api/analysis/names/spelling.ts";
import { seededRandom } from "../../../fixtures/random.ts";

const nats = (typed: string, official: string, limit?: number) => nameNats(readTypedName(typed), readOfficialName(official), limit);

describe("names of places", () => {
  it.each([
    ["Ds. Sumber-Agung", "Sumberagung"],
    ["KELURAHAN Soemberagoeng", "Sumberagung"],
    ["Kel. Tjoekir", "Cukir"],
    ["Bandjar Sarie".slice(0, -1), "Banjarsari"],
    ["Sjamsoeri", "Syamsuri"],
    ["Njai Achmad", "Nyai Akhmad"],
    ["Desa Kampung III", "Kampung Tiga"],
    ["SP 12", "Simpang XII"],
    ["Niko'otano Dao", "Nikootano-Dao"],
    ["Du’en", "Du'en"],
    ["Sei Rampah", "Sungai Rampah"],
    ["Sumberrejo", "Sumberejo"],
    ["Silaing Café", "silaing cafe"],
  ])("%s and %s are one name in two spellings", (one, other) => expect(nameKey(one)).toBe(nameKey(other)));

  it.each([
    ["Sukorejo", "Sukoharjo"],
    ["Kampung I", "Kampung II"],
    ["Sungai Lor", "Sungai Kidul"],
    ["Megaluh", "Mojoagung"],
  ])("%s and %s are two names", (one, other) => {
    expect(nameKey(one)).not.toBe(nameKey(other));
    expect(nameLikeness(one, other)).toBeLessThan(0.6);
  });

  it("numerals from 0 to 39 have one word each, whichever way they are written", () => {
    const roman = (value: number) =>
      "x".repeat(Math.floor(value / 10)) + (["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"][value % 10] ?? "");
    const words = Array.from({ length: 39 }, (_, index) => spelledNumber(String(index + 1)));
    expect(new Set(words).size).toBe(39);
    for (const [index, word] of words.entries()) {
      expect(spelledNumber(roman(index + 1))).toBe(word);
      expect(spelledNumber(`0${index + 1}`)).toBe(word);
    }
  });

  it.each([
    ["Sumberagung", "Sumberagung", 0, 0],
    ["sumber agung", "Sumberagung", 0, 0],
    ["Soember Agoeng", "Sumberagung", 1, 3],
    ["Sbr. Agung", "Sumberagung", 2, 6],
    ["Smbr Agung", "Sumberagung", 3, 7],
    ["Tj. Wangi", "Tanjungwangi", 2, 6],
    ["Drien", "Gampong Drien", 0, 2],
    ["Gampong Drien", "Drien", 1, 4],
    ["Kampung Drien", "Gampong Drien", 1, 4],
    ["Kauman Timur", "Kauman Wetan", 3, 7],
    ["Wanasari", "Wonosari", 5, 12],
    ["Sumbermulyo", "Sumbermulya", 4, 8],
    ["sumberaugng", "Sumberagung", 5, 11],
    ["sumberagng", "Sumberagung", 5, 11],
    ["sumbwragung", "Sumberagung", 5, 11],
    ["Pagung", "Sumberagung", 12, Number.POSITIVE_INFINITY],
  ])("one who means %s writes it for %s at a cost between the bounds", (typed, official, least, most) => {
    expect(nats(typed, official)).toBeGreaterThanOrEqual(least);
    expect(nats(typed, official)).toBeLessThanOrEqual(most);
  });

  it("likelier slips cost less: a neighbouring key less than a far one, a like sound less than either", () => {
    expect(editNats("sumber", "sumver", 40)).toBeLessThan(editNats("sumber", "sumqer", 40));
    expect(editNats("mulya", "mulyo", 40)).toBeLessThan(editNats("mulya", "mulys", 40));
    expect(editNats("suter", "sutter", 40)).toBeLessThan(editNats("suter", "sutger", 40));
  });

  it("the distance is that of all single slips, as a naive search over them finds", () => {
    const random = seededRandom(4);
    const letters = "abh";
    const word = (length: number) => Array.from({ length }, () => letters[Math.floor(random() * 3)]).join("");
    const naive = (meant: string, typed: string): number => {
      if (meant === "" && typed === "") return 0;
      const ways = [Number.POSITIVE_INFINITY];
      if (meant !== "" && typed !== "") ways.push(editNats(meant[0]!, typed[0]!, 99) + naive(meant.slice(1), typed.slice(1)));
      return Math.min(...ways);
    };
    for (let draw = 0; draw < 200; draw++) {
      const meant = word(1 + Math.floor(random() * 5));
      const typed = word(meant.length);
      // Substitutions alone bound it from above, and a lower limit never gives another number, only none.
      const cost = editNats(meant, typed, 99);
      expect(cost).toBeLessThanOrEqual(naive(meant, typed) + 1e-9);
      expect(cost === 0).toBe(meant === typed);
      for (const limit of [2, 5, 9, 14]) expect([cost, Number.POSITIVE_INFINITY]).toContain(editNats(meant, typed, limit));
      expect(editNats(meant, typed, cost)).toBe(cost);
    }
  });

  it("likeness is the same both ways, 1 only for one spelling, in [0, 1]", () => {
    const names = ["Sumberagung", "Sumber Agung", "Sbr. Agung", "Megaluh", "Kampung Baru", "Baru", "", "Ba'u", "III"];
    for (const one of names)
      for (const other of names) {
        expect(nameLikeness(one, other)).toBe(nameLikeness(other, one));
        expect(nameLikeness(one, other)).toBeGreaterThanOrEqual(0);
        expect(nameLikeness(one, other)).toBeLessThanOrEqual(1);
        if (one === other && one !== "") expect(nameLikeness(one, other)).toBe(1);
      }
    expect(nameLikeness("Sumber Agung", "Sumberagung")).toBe(1);
  });

  it("a text of nothing, of marks or very long is read, not refused", () => {
    expect(nameKey("")).toBe("");
    expect(nameKey("—…!")).toBe("");
    expect(plainWords("a\u0000b")).toEqual(["a", "b"]);
    expect(nats("abcdef".repeat(2000), "uvwxyz".repeat(2000))).toBe(Number.POSITIVE_INFINITY);
    expect(readTypedName("tj kp sbr bt pd lb tl kr").forms.length).toBeLessThanOrEqual(12);
  });

  it("a shortening keeps the first letter and the order", () => {
    expect(isShortening("sbr", "sumber")).toBe(true);
    expect(isShortening("sumb", "sumberagung")).toBe(true);
    expect(isShortening("sumbe", "sumber")).toBe(false);
    expect(isShortening("br", "sumber")).toBe(false);
    expect(isShortening("srb", "sumber")).toBe(false);
  });
});
