/** Words that are shortened in place names, each short form with what it may stand for, the likeliest first. */
const shortForms: Readonly<Record<string, readonly string[]>> = {
  ag: ["agung"],
  bgn: ["bangun"],
  bjr: ["banjar"],
  br: ["baru", "baro"],
  brt: ["barat"],
  bar: ["barat"],
  bt: ["batu", "bukit"],
  bkt: ["bukit"],
  btg: ["batang", "bontang"],
  dlm: ["dalam"],
  drt: ["darat"],
  g: ["gunung"],
  gdg: ["gedung", "gedang"],
  gg: ["gunung", "gang"],
  gn: ["gunung"],
  gng: ["gunung"],
  gpg: ["gampong"],
  gp: ["gampong"],
  hlr: ["hilir"],
  hl: ["hulu"],
  ilr: ["ilir"],
  jt: ["jati"],
  jy: ["jaya"],
  kd: ["kedung", "keude"],
  kdg: ["kedung"],
  kdl: ["kidul"],
  kln: ["kulon"],
  kmp: ["kampung"],
  kp: ["kampung"],
  kpg: ["kampung"],
  kr: ["karang", "krueng"],
  krg: ["karang"],
  kt: ["kota", "kuta"],
  lb: ["lubuk", "lembah"],
  lbk: ["lubuk"],
  lbh: ["labuhan"],
  ma: ["muara"],
  mk: ["mekar"],
  mkr: ["mekar"],
  ml: ["mulyo", "mulya"],
  mns: ["meunasah"],
  mr: ["muara"],
  ng: ["nagari"],
  p: ["pulau"],
  pd: ["padang", "pondok"],
  pdg: ["padang"],
  pdk: ["pondok"],
  pem: ["pematang"],
  pjg: ["panjang"],
  pk: ["pangkalan"],
  pkl: ["pangkalan"],
  pl: ["pulau"],
  plo: ["pulo"],
  pm: ["pematang"],
  ps: ["pasar", "pasir"],
  psr: ["pasar", "pasir"],
  rej: ["rejo"],
  rj: ["rejo"],
  rt: ["rantau"],
  rtu: ["rantau"],
  s: ["sungai", "sumber"],
  sb: ["sumber"],
  sbr: ["sumber"],
  sei: ["sungai"],
  sel: ["selatan"],
  slt: ["selatan"],
  sk: ["suka", "suko"],
  sp: ["simpang"],
  spg: ["simpang"],
  sr: ["sari", "sri"],
  sg: ["sungai"],
  sn: ["sinar"],
  sng: ["sungai"],
  t: ["tanjung"],
  tb: ["tebing", "tambak"],
  tbg: ["tumbang", "tebing"],
  tg: ["tanjung"],
  tgh: ["tengah"],
  teng: ["tengah"],
  tim: ["timur"],
  tmr: ["timur"],
  tj: ["tanjung"],
  tjg: ["tanjung"],
  tk: ["teluk"],
  tl: ["teluk", "talang"],
  tlg: ["talang", "telaga"],
  tlk: ["teluk"],
  tmb: ["tambak"],
  tnj: ["tanjung"],
  uj: ["ujung"],
  ujg: ["ujung"],
  ut: ["utara"],
  utr: ["utara"],
  wtn: ["wetan"],
};

/** Directions in Javanese and Sundanese beside the Indonesian ones: "Kauman Wetan" may be filed as "Kauman Timur". */
const directions: Readonly<Record<string, string>> = {
  wetan: "timur",
  kulon: "barat",
  lor: "utara",
  kidul: "selatan",
};
const nationalOrLocal = new Map(
  Object.entries(directions).flatMap(([local, national]) => [[local, national] as const, [national, local] as const]),
);

/** What a word may be short for, the likeliest first; nothing where it is no known short form. */
export function longForms(word: string): readonly string[] {
  return Object.hasOwn(shortForms, word) ? shortForms[word]! : [];
}

/** The other word for a direction; null for words that are none. */
export function otherDirection(word: string): string | null {
  return nationalOrLocal.get(word) ?? null;
}

/**
 * Whether a word may be a shortening of another: it begins with the same letter, is at most four letters, its letters stand in the other in the same
 * order, and it is at most half as long or has no vowels.
 */
export function isShortening(short: string, long: string): boolean {
  if (short.length > 4 || short.length > long.length - 2 || short[0] !== long[0]) return false;
  if (short.length * 2 > long.length + 1 && /[aeiou]/.test(short)) return false;
  let at = 0;
  for (const letter of short) {
    at = long.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
