import { nameNats } from "../analysis/names/nameLikelihood.ts";
import { type NamedLevel, type OfficialName, readOfficialName } from "../analysis/names/placeName.ts";
import { type Reading, roleNats } from "./explain.ts";
import type { Gazetteer, Region } from "./gazetteer.ts";
import type { PlaceText, Span } from "./placeText.ts";
import { shortProvinces } from "./provinces.ts";

/** Names that cost more are taken for something else. */
const mostNats = 28;
const natsOfOtherKind = 3;
const natsOfFewLetters = 13;
/** A text that ends within a name, as while it is being typed. */
const natsOfBeginning = 7;
const natsOfMissingLetter = 0.25;

/** How the words of one text read as names of areas. Has a life: it remembers what it has compared while one text is resolved. */
export class PlaceReadings {
  readonly #text: PlaceText;
  readonly #gazetteer: Gazetteer;
  readonly #villages = new Map<number, readonly Reading[]>();
  readonly #regions = new Map<Region, readonly Reading[]>();

  constructor(text: PlaceText, gazetteer: Gazetteer) {
    this.#text = text;
    this.#gazetteer = gazetteer;
  }

  #compared(level: NamedLevel, natsOf: (span: Span, limit: number) => number): readonly Reading[] {
    const readings: Reading[] = [];
    for (const span of this.#text.spans) {
      const role = roleNats(span, level);
      if (role >= mostNats) continue;
      // Where the words would cost less as strays, the name is not among them.
      const nats = role + natsOf(span, Math.min(mostNats - role, limitFor(span)));
      if (nats < mostNats) readings.push({ mask: span.mask, from: span.from, nats });
    }
    return readings;
  }

  /** How the words read as a distinct village name. */
  village(name: number): readonly Reading[] {
    let readings = this.#villages.get(name);
    if (!readings) {
      const official = this.#gazetteer.names.official(name);
      readings = this.#compared("village", (span, limit) =>
        Math.min(nameNats(span.typed, official, limit), this.#begunNats(span, official)),
      );
      this.#villages.set(name, readings);
    }
    return readings;
  }

  #begunNats(span: Span, official: OfficialName): number {
    if (span.to !== this.#text.words.length) return Number.POSITIVE_INFINITY;
    const key = span.typed.forms[0]?.key ?? "";
    const missing = official.key.length - key.length;
    return key.length >= 2 && missing > 0 && official.key.startsWith(key)
      ? natsOfBeginning + natsOfMissingLetter * missing
      : Number.POSITIVE_INFINITY;
  }

  /** How the words read as a district, a kabupaten or kota, or a province. */
  region(region: Region): readonly Reading[] {
    let readings = this.#regions.get(region);
    if (!readings) {
      readings =
        region.code.length === 8
          ? this.#compared("district", (span, limit) => nameNats(span.typed, region.official, limit))
          : region.code.length === 5
            ? this.#compared("regency", (span, limit) => regencyNats(span, region, limit))
            : this.#compared("province", (span, limit) => provinceNats(span, region, limit));
      this.#regions.set(region, readings);
    }
    return readings;
  }
}

function limitFor(span: Span): number {
  // Of the key, in which letters typed over and over are single.
  const letters = span.typed.forms[0]?.key.length ?? 0;
  return letters <= 4 ? natsOfFewLetters : letters <= 7 ? 19 : 26;
}

function regencyNats(span: Span, region: Region, limit: number): number {
  const isCity = /^kota /i.test(region.name);
  const mismatch = span.kind !== null && (span.kind === "kota") !== isCity ? natsOfOtherKind : 0;
  const official = isCity ? withoutKota(region) : region.official;
  return (
    mismatch +
    Math.min(nameNats(span.typed, official, limit), isCity ? nameNats(span.typed, region.official, limit) : Number.POSITIVE_INFINITY)
  );
}

const citiesWithoutKota = new WeakMap<Region, OfficialName>();

/** "Kediri" of "Kota Kediri": who says only Kediri may mean either. */
function withoutKota(region: Region): OfficialName {
  let official = citiesWithoutKota.get(region);
  if (!official) {
    official = readOfficialName(region.name.replace(/^kota /i, ""));
    citiesWithoutKota.set(region, official);
  }
  return official;
}

function provinceNats(span: Span, region: Region, limit: number): number {
  return shortProvinces[region.code]?.includes(span.typed.closed) ? 0 : nameNats(span.typed, region.official, limit);
}
