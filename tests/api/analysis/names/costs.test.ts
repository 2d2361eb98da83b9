import { describe, expect, it } from "vitest";
import { nameLikeness, nameNats } from "../../../../api/analysis/names/nameLikelihood.ts";
import { readOfficialName, readTypedName } from "../../../../api/analysis/names/placeName.ts";

const nats = (typed: string, official: string, limit?: number) => nameNats(readTypedName(typed), readOfficialName(official), limit);

// By hand: 1.3 for another spelling, 1 for the first slip, and what each slip, short form, direction and kind word costs.
const costs: [typed: string, official: string, expected: number][] = [
  ["sumber agung", "Sumberagung", 0],
  ["Soember Agoeng", "Sumberagung", 1.3],
  ["Sbr. Agung", "Sumberagung", 1.3 + 1.4],
  ["Bt. Raya", "Bukit Raya", 1.3 + 1.4 + 1.2],
  ["Smbr Agung", "Sumberagung", 1.3 + 4],
  ["Smbr Agung", "Sumber Agung", 1.3 + 4],
  ["Smbr Agng", "Sumber Agung", 1.3 + 4 + 4.8 + 1],
  ["Smbr Agunk", "Sumber Agung", 1.3 + 4 + 3.4 + 1],
  ["Drien", "Gampong Drien", 0.7],
  ["Dtien", "Gampong Drien", 0.7 + 5.6 + 1],
  ["Gampong Drien", "Drien", 1.3 + 1],
  ["Kampung Drien", "Gampong Drien", 1 + 0.7],
  ["Kauman Timur", "Kauman Wetan", 1.3 + 3],
  ["Sumbermulyo", "Sumbermulya", 1.3 + 3.4 + 1],
  ["Wanasari", "Wonosari", 1.3 + 3.4 + 3.4 + 1],
  ["sumberaugng", "Sumberagung", 1.3 + 5 + 1],
  ["sumberagng", "Sumberagung", 1.3 + 4.8 + 1],
  ["sumbragung", "Sumberagung", 1.3 + 3.2 + 1],
  ["sumberahgung", "Sumberagung", 1.3 + 3.7 + 1],
  ["sumberagxung", "Sumberagung", 1.3 + 7.3 + 1],
  ["sumbwragung", "Sumberagung", 1.3 + 5.6 + 1],
  ["sumbxragung", "Sumberagung", 1.3 + 7.6 + 1],
];

describe("the unlikelihood of a name", () => {
  it.each(costs)("one who means %2$s writes %1$s at the cost that its parts add up to", (typed, official, expected) => {
    expect(nats(typed, official)).toBeCloseTo(expected, 9);
    expect(nats(typed, official, expected + 1e-6)).toBeCloseTo(expected, 9);
    if (expected > 0) expect(nats(typed, official, expected - 1e-6)).toBe(Number.POSITIVE_INFINITY);
  });

  it.each([
    [0.2, ["kalurahan"]],
    [0.7, ["gampong", "nagari", "pekon", "tiyuh", "lembang"]],
    [0.9, ["nagori"]],
    [1, ["ohoi"]],
    [1.2, ["negeri", "negri"]],
    [2.5, ["kampung", "kampong", "dusun", "kota"]],
    [3, ["huta"]],
    [4, ["kuta"]],
  ])("leaving a kind word out costs %d: %j", (expected, kinds) => {
    for (const kind of kinds) expect(nats("Drien", `${kind} Drien`), kind).toBeCloseTo(expected, 9);
  });

  it.each([
    ["nothing", "", "Ha"],
    ["marks alone", "…!", "Ha"],
    ["a shortened beginning before an end of two letters", "Smbr Ag", "Sumberzag"],
    ["a beginning that is none", "Xmbr Agung", "Sumberagung".replace("Sumber", "Qwtp")],
  ])("%s is no way to write a name", (_, typed, official) => expect(nats(typed, official, 6)).toBe(Number.POSITIVE_INFINITY));

  it.each([
    ["Sumber Agung", "sumberagung", 1],
    // 1.3 nats over 13 letters, 5.7 over the least of 4, 5.7 over 11: exp(−0.55 nats / letters).
    ["Soember Agoeng", "Sumberagung", 0.946485],
    ["Ba", "Bo", 0.456688],
    ["Sumbermulyo", "Sumbermulya", 0.752014],
    ["Megaluh", "Xyz Qwx Zqqrt Vvw Brrs", 0],
    ["", "", 0],
  ])("%s and %s are alike by %d", (one, other, expected) => {
    expect(nameLikeness(one, other)).toBeCloseTo(expected, 5);
    expect(nameLikeness(other, one)).toBeCloseTo(expected, 5);
  });
});
