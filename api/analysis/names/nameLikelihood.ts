import { isShortening } from "./abbreviations.ts";
import { editNats, leastEditNats } from "./letterEdits.ts";
import { type NameForm, type OfficialName, readOfficialName, readTypedName, type TypedName } from "./placeName.ts";

/** A name that means the same in another spelling: the words joined or parted as in the list, old letters, digits for numerals. */
const natsOfRespelling = 1.3;
const natsOfShortening = 4;
/** Slips come together in a hurried text, so that the first makes another likelier. */
const natsOfFirstSlip = 1;

function slips(meant: string, typed: string, limit: number): number {
  if (meant === typed) return 0;
  return editNats(meant, typed, limit - natsOfFirstSlip) + natsOfFirstSlip;
}

/** Word against word, where there are as many: each is right, slipped, or shortened. */
function shortenedNats(form: NameForm, words: readonly string[], limit: number): number {
  if (form.words.length !== words.length) return Number.POSITIVE_INFINITY;
  let total = 0;
  for (let index = 0; index < words.length; index++) {
    const typed = form.words[index]!;
    const meant = words[index]!;
    if (typed === meant) continue;
    total += isShortening(typed, meant) ? natsOfShortening : slips(meant, typed, limit - total);
    if (total > limit) return Number.POSITIVE_INFINITY;
  }
  return total;
}

/** A shortened beginning before the end of a name that is written together: "Sbr agung" for "Sumberagung". */
function shortenedBeginningNats({ words, end }: NameForm, key: string): number {
  if (end.length < 3 || !key.endsWith(end)) return Number.POSITIVE_INFINITY;
  return isShortening(words[0]!, key.slice(0, key.length - end.length)) ? natsOfShortening : Number.POSITIVE_INFINITY;
}

/**
 * How unlikely it is, in nats, that one who means an official name writes what was typed: 0 for the same letters, 1.3 for the same name in another
 * spelling, and more for short forms, kind words left out or added, and slips of letters. The likeliest way counts, not the sum of all.
 * @param limit above it the answer is Infinity; the smaller, the faster.
 */
export function nameNats(typed: TypedName, official: OfficialName, limit = 40): number {
  if (typed.closed !== "" && typed.closed === official.closed) return 0;
  let best = limit;
  let isFound = false;
  for (const form of typed.forms) {
    const start = form.nats + natsOfRespelling;
    if (form.key === "" || form.nats > best) continue;
    let nats = Number.POSITIVE_INFINITY;
    if (start + leastEditNats(official.letters, form.letters) <= best) nats = start + slips(official.key, form.key, best - start);
    nats = Math.min(nats, start + shortenedNats(form, official.words, best - start), start + shortenedBeginningNats(form, official.key));
    const { bare } = official;
    if (bare !== null && form.nats + bare.nats + leastEditNats(bare.letters, form.letters) <= best)
      nats = Math.min(nats, form.nats + bare.nats + slips(bare.key, form.key, best - form.nats - bare.nats));
    if (nats > best) continue;
    best = nats;
    isFound = true;
  }
  return isFound ? best : Number.POSITIVE_INFINITY;
}

/**
 * How alike two names are, in [0, 1]: 1 for the same letters, about 0.9 for another spelling of the same name, 0.5 for two slips in a name of ten letters,
 * 0 for names with nothing in common. The same both ways. Not a probability: whether a likely slip points to the right area depends on the others around it.
 */
export function nameLikeness(one: string, other: string): number {
  const [typed, official] = [readTypedName(one), readOfficialName(other)];
  const nats = Math.min(nameNats(typed, official), nameNats(readTypedName(other), readOfficialName(one)));
  if (nats === Number.POSITIVE_INFINITY) return 0;
  const letters = Math.max(typed.closed.length, official.closed.length, 4);
  return Math.exp(-(nats / letters) * 0.55);
}
