import { expect, it } from "vitest";
import { matchVillages, readVillages } from "../../../web/state/placeMatch.ts";

const villages = readVillages(
  [
    ["99.01.01.2001", "Karangsari", "Karangjati"],
    ["99.01.02.2001", "Karangsari", "Padasan"],
    ["99.01.02.2002", "Sumberagung", "Padasan"],
    ["99.01.03.2001", "Wonosari", "Kalibiru"],
    ["99.01.03.2002", "Kota Baru", "Kalibiru"],
  ].map(([code, name, district]) => ({
    code: code as string,
    name: name as string,
    district: district as string,
    bbox: [0, 0, 1, 1] as const,
  })),
);
const codes = (text: string): string[] => matchVillages(text, villages, 8).map(({ code }) => code);

it.each([
  ["the name as it stands, of every village that bears it", "karangsari", ["99.01.01.2001", "99.01.02.2001"]],
  ["with the kecamatan after a comma, that one first", "Karangsari, Padasan", ["99.01.02.2001", "99.01.01.2001"]],
  ["with the kecamatan after its word", "Ds. Karangsari Kec. Padasan", ["99.01.02.2001", "99.01.01.2001"]],
  ["its beginning", "sumber", ["99.01.02.2002"]],
  ["written apart", "Sumber Agung", ["99.01.02.2002"]],
  ["in another spelling", "wanasari", ["99.01.03.2001"]],
  ["of no village", "Xyzzy", []],
])("a village is found on the device by %s", (_title, text, expected) => {
  expect(codes(text).slice(0, expected.length || 1)).toEqual(expected);
});
