import type { EmergingGroup } from "./classes.ts";

/** Colours that the map needs as values; the stylesheet's tokens are their only source. */
export interface Palette {
  readonly ramp: readonly string[];
  readonly zero: string;
  readonly suppressed: string;
  readonly hatchInk: string;
  readonly hatchGround: string;
  readonly land: string;
  readonly ground: string;
  readonly surface: string;
  readonly accent: string;
  readonly text: string;
  readonly textSecond: string;
  readonly outline: string;
  readonly casing: string;
  readonly district: string;
  readonly incident: string;
  readonly potential: string;
  /** Of the teams that visit, 1 to 6. */
  readonly teams: readonly string[];
  /** Of what processes found. */
  readonly finding: { readonly scan: string; readonly cluster: string; readonly density: string; readonly surge: string };
  readonly emerging: Readonly<Record<EmergingGroup, string>>;
  /** Score by certainty, nine. */
  readonly pairs: readonly string[];
  readonly coverage: {
    readonly heard: string;
    readonly nil: string;
    readonly late: string;
    readonly silent: string;
    readonly waiting: string;
  };
}

/** Reads the tokens as they are now, so after every change of theme. */
export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    ramp: [1, 2, 3, 4, 5, 6, 7].map((step) => token(`ramp-${step}`)),
    zero: token("zero"),
    suppressed: token("suppressed"),
    hatchInk: token("hatch-ink"),
    hatchGround: token("hatch-ground"),
    land: token("land-outside"),
    ground: token("ground"),
    surface: token("surface"),
    accent: token("accent"),
    text: token("text"),
    textSecond: token("text-second"),
    outline: token("outline-dark"),
    casing: token("outline-casing"),
    district: token("outline-district"),
    incident: token("incident"),
    potential: token("part-agenda"),
    teams: [1, 2, 3, 4, 5, 6].map((team) => token(`team-${team}`)),
    finding: { scan: token("find-scan"), cluster: token("find-cluster"), density: token("find-density"), surge: token("up") },
    emerging: {
      hotStrong: token("hot-strong"),
      hotNew: token("hot-new"),
      hotBroken: token("hot-broken"),
      hotFading: token("hot-fading"),
      coldStrong: token("cold-strong"),
      coldNew: token("cold-new"),
      coldBroken: token("cold-broken"),
      coldFading: token("cold-fading"),
      none: token("no-pattern"),
    },
    pairs: [1, 2, 3, 4, 5, 6, 7, 8, 9].map((step) => token(`pair-${step}`)),
    coverage: {
      heard: token("cover-heard"),
      nil: token("cover-nil"),
      late: token("cover-late"),
      silent: token("cover-silent"),
      waiting: token("cover-waiting"),
    },
  };
}

/** `#12304a`, or its short form `#fff` as the built stylesheet writes it, as red, green, blue in 0 to 255. */
export function rgbOf(hex: string): [number, number, number] {
  const digits = hex.length === 4 ? [...hex.slice(1)].map((digit) => digit + digit).join("") : hex.slice(1);
  const value = Number.parseInt(digits, 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
