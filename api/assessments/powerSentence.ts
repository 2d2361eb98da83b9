import type { Power } from "./power.ts";
import type { Sample } from "./sample.ts";

const places = {
  village: { id: "desa", one: "village", many: "villages" },
  district: { id: "kecamatan", one: "district", many: "districts" },
  regency: { id: "kabupaten", one: "regency", many: "regencies" },
} as const;

const joined = (parts: readonly string[], and: string): string =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} ${and} ${parts.at(-1)}`;

/** What a method can and cannot see here, in one or two plain sentences of both languages. */
export function powerSentence(power: Omit<Power, "sentence">, level: Sample["level"]): { id: string; en: string } {
  return { id: indonesian(power, level), en: english(power, level) };
}

function numbers(locale: string) {
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const risk = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  return {
    whole: (value: number) => whole.format(value),
    risk: (value: number) => risk.format(value),
    percent: (share: number) => `${whole.format(100 * share)}%`,
  };
}

function split({ smallestDetectable }: Pick<Power, "smallestDetectable">) {
  const sizes = Object.entries(smallestDetectable);
  return {
    seen: sizes.filter((entry): entry is [string, number] => entry[1] !== null),
    unseen: sizes.filter(([, risk]) => risk === null).map(([size]) => size),
  };
}

function indonesian(power: Omit<Power, "sentence">, level: Sample["level"]): string {
  const { whole, risk, percent } = numbers("id");
  const place = places[level].id;
  const { seen, unseen } = split(power);
  const head = `Dengan ${whole(power.events)} kejadian di sini, `;
  const can = seen.map(([size, smallest]) => `gugus ${size} ${place} bila risikonya ${risk(smallest)} kali`);
  const cannot = `gugus ${joined(unseen, "atau")} ${place} belum tentu terlihat sekalipun risikonya ${risk(power.largestRelativeRisk)} kali`;
  const parts = [
    ...(can.length > 0 ? [`cara ini baru terandalkan (peluang ${percent(power.wantedPower)}) melihat ${joined(can, "dan")}`] : []),
    ...(unseen.length > 0 ? [cannot] : []),
  ];
  const { rate, lower, upper } = power.falseAlarmRate;
  return `${head}${parts.join("; ")}. Pada ${percent(rate)} peta acak tanpa gugus ia tetap menunjuk sesuatu (95%: ${percent(lower)}–${percent(upper)}).`;
}

function english(power: Omit<Power, "sentence">, level: Sample["level"]): string {
  const { whole, risk, percent } = numbers("en");
  const { one, many } = places[level];
  const { seen, unseen } = split(power);
  const head = `With ${whole(power.events)} incidents here, `;
  const count = (size: string): string => `${size} ${size === "1" ? one : many}`;
  const can = seen.map(([size, smallest]) => `a cluster of ${count(size)} at ${risk(smallest)} times the risk`);
  const cannot = `a cluster of ${joined(unseen.map(count), "or")} may stay unseen even at ${risk(power.largestRelativeRisk)} times the risk`;
  const parts = [
    ...(can.length > 0 ? [`this method reliably (probability ${percent(power.wantedPower)}) sees ${joined(can, "and")}`] : []),
    ...(unseen.length > 0 ? [cannot] : []),
  ];
  const { rate, lower, upper } = power.falseAlarmRate;
  return `${head}${parts.join("; ")}. On ${percent(rate)} of random maps without a cluster it still reports something (95%: ${percent(lower)}–${percent(upper)}).`;
}
