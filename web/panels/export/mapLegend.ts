import { coverageClasses, riskBreaks, suppressedClass, unknownClass, zeroClass } from "../../colour/classes.ts";
import { readPalette } from "../../colour/palette.ts";
import { formatNumber } from "../../format/number.ts";
import { fill } from "../../state/fill.svelte.ts";
import { view } from "../../state/view.svelte.ts";
import { language, t } from "../../text/text.svelte.ts";

export interface Swatch {
  readonly colour: string;
  readonly words: string;
  readonly isDashed?: boolean;
}

const covered = ["heard", "nil", "late", "silent", "waiting"] as const;

/** What stands under a picture of the map: every class it is coloured by, with its edges and how many areas it has, and the states that are no class. */
export function swatches(): Swatch[] {
  const palette = readPalette();
  const write = (value: number | undefined): string =>
    value === undefined ? "" : formatNumber(value, Number.isInteger(value) ? 0 : 1, language.current);
  const count = (index: number): string => `: ${formatNumber(fill.classCounts[index] ?? 0, 0, language.current)}`;
  const isRisk = view.fill === "risk";
  const breaks = isRisk ? riskBreaks : fill.breaks;
  const classes = view.fill === "coverage" ? [] : palette.ramp.slice(0, isRisk ? 7 : Math.max(1, breaks.length));
  const upTo = (index: number): string => (breaks[index + 1] === undefined ? "+" : `–${write(breaks[index + 1])}`);
  return [
    ...classes.map((colour, index) => ({ colour, words: `${write(breaks[index])}${upTo(index)}${count(index)}` })),
    ...(view.fill === "coverage"
      ? covered.map((name) => ({ colour: palette.coverage[name], words: `${t(`cakupan.state_${name}`)}${count(coverageClasses[name])}` }))
      : []),
    { colour: palette.hatchGround, words: `${isRisk ? t("detail.band_data_kurang") : t("peta.unknown")}${count(unknownClass)}` },
    { colour: palette.zero, words: `${t("peta.zero")}${count(zeroClass)}` },
    { colour: palette.suppressed, words: `${t("peta.suppressed")}${count(suppressedClass)}`, isDashed: true },
  ];
}
