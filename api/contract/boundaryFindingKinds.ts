/** Whether it must be mended at the source, deserves a look, or is only told. */
export type FindingSeverity = "fault" | "warning" | "note";

export interface FindingKind {
  readonly severity: FindingSeverity;
  /** What geometry a finding of it has on the map. */
  readonly shape: "polygon" | "point" | "none";
  readonly title: { readonly id: string; readonly en: string };
  /** One finding in a sentence; `{name}` is filled from the finding's own fields, measures with their unit (findingSentence.ts). */
  readonly sentence: { readonly id: string; readonly en: string };
}

const kind = (
  severity: FindingSeverity,
  shape: FindingKind["shape"],
  title: readonly [id: string, en: string],
  sentence: readonly [id: string, en: string],
): FindingKind => ({ severity, shape, title: { id: title[0], en: title[1] }, sentence: { id: sentence[0], en: sentence[1] } });

/** What a boundary report can find, in the order in which it tells it. */
export const findingKinds = {
  invalid_shape: kind(
    "fault",
    "point",
    ["Bentuk tidak sah", "Invalid shapes"],
    [
      "{code} {name}: bentuk tidak sah ({reason}). Sesudah diperbaiki luasnya {squareMetresAfter}, semula {squareMetresBefore}.",
      "{code} {name}: the shape is not valid ({reason}). Repaired, its area is {squareMetresAfter}; it was {squareMetresBefore}.",
    ],
  ),
  hole_outside: kind(
    "fault",
    "polygon",
    ["Lubang di luar bentuknya", "Holes outside their shell"],
    [
      "{code} {name}: lubang seluas {squareMetres} terletak {reason} di luar garis luarnya.",
      "{code} {name}: a hole of {squareMetres} lies {reason} outside its shell.",
    ],
  ),
  missing_geometry: kind(
    "fault",
    "none",
    ["Tanpa bentuk", "Without a shape"],
    ["Baris {row}, {code} {name}: geometri kosong.", "Row {row}, {code} {name}: the geometry is empty."],
  ),
  unusable_geometry: kind(
    "fault",
    "none",
    ["Bentuk tidak dapat dipakai", "Unusable shapes"],
    [
      "Baris {row}, {code} {name}: bentuk tidak dapat dipakai ({reason}).",
      "Row {row}, {code} {name}: the shape cannot be used ({reason}).",
    ],
  ),
  swapped_axes: kind(
    "fault",
    "none",
    ["Sumbu tertukar", "Swapped axes"],
    [
      "Baris {row}, {code} {name}: lintang dan bujur tertukar ({value}).",
      "Row {row}, {code} {name}: latitude and longitude are swapped ({value}).",
    ],
  ),
  out_of_range: kind(
    "fault",
    "none",
    ["Koordinat di luar rentang", "Coordinates out of range"],
    [
      "Baris {row}, {code} {name}: koordinat {value} bukan bujur-lintang. Nyatakan sistem koordinatnya.",
      "Row {row}, {code} {name}: the coordinates {value} are no longitude and latitude. Declare the coordinate system.",
    ],
  ),
  duplicate_code: kind(
    "fault",
    "none",
    ["Kode muncul lebih dari sekali", "One code more than once"],
    ["{code} {name} muncul pada baris {value}: {reason}.", "{code} {name} stands in the rows {value}: {reason}."],
  ),
  duplicate_shape: kind(
    "warning",
    "none",
    ["Bentuk sama, kode berbeda", "One shape under two codes"],
    [
      "{code} {name} dan {otherCode} {otherName} mempunyai bentuk yang sama persis.",
      "{code} {name} and {otherCode} {otherName} have exactly the same shape.",
    ],
  ),
  overlap: kind(
    "warning",
    "polygon",
    ["Tumpang tindih di atas 100 m²", "Overlaps over 100 m²"],
    [
      "{code} {name} dan {otherCode} {otherName} bertumpang tindih {squareMetres}.",
      "{code} {name} and {otherCode} {otherName} overlap by {squareMetres}.",
    ],
  ),
  gap: kind(
    "warning",
    "polygon",
    ["Celah di antara desa", "Gaps between villages"],
    [
      "Celah {squareMetres} yang tidak dimiliki desa mana pun, di antara {around}.",
      "A gap of {squareMetres} that no village covers, between {around}.",
    ],
  ),
  sliver: kind(
    "warning",
    "polygon",
    ["Serpihan", "Slivers"],
    [
      "{code} {name}: bagian setipis {widthMetres} seluas {squareMetres}.",
      "{code} {name}: a part only {widthMetres} wide, of {squareMetres}.",
    ],
  ),
  point_outside: kind(
    "warning",
    "point",
    ["Titik acuan di luar bentuknya", "Reference points outside"],
    ["{code} {name}: titik acuan {metres} di luar bentuknya.", "{code} {name}: the reference point lies {metres} outside the shape."],
  ),
  island: kind(
    "note",
    "point",
    ["Desa tanpa tetangga", "Villages without a neighbour"],
    ["{code} {name} tidak bertetangga dengan desa mana pun dalam jarak 10 m.", "{code} {name} has no neighbour within 10 m."],
  ),
  no_parent: kind(
    "warning",
    "none",
    ["Wilayah tanpa induk", "Areas without a parent"],
    ["{code} {name}: induknya {value} {reason}.", "{code} {name}: its parent {value} {reason}."],
  ),
  official_new: kind(
    "warning",
    "none",
    ["Tidak ada dalam daftar resmi", "Not in the official list"],
    ["{code} {name} tidak ada dalam daftar resmi.", "{code} {name} is not in the official list."],
  ),
  official_missing: kind(
    "warning",
    "none",
    ["Ada dalam daftar resmi, tidak dalam berkas", "In the official list, not in the file"],
    ["{code} {expected} ada dalam daftar resmi, tidak dalam berkas.", "{code} {expected} is in the official list and not in the file."],
  ),
  official_renamed: kind(
    "note",
    "none",
    ["Nama berbeda dari daftar resmi", "Named otherwise in the official list"],
    ["{code} bernama {value}; dalam daftar resmi {expected}.", "{code} is named {value}; in the official list {expected}."],
  ),
  official_kind: kind(
    "warning",
    "none",
    ["Jenis berbeda dari daftar resmi", "Of another kind in the official list"],
    ["{code} {name}: jenis {value}; dalam daftar resmi {expected}.", "{code} {name}: kind {value}; in the official list {expected}."],
  ),
  loaded_new: kind(
    "note",
    "none",
    ["Baru: belum dimuat sebelumnya", "New: not loaded before"],
    ["{code} {name} baru.", "{code} {name} is new."],
  ),
  loaded_gone: kind(
    "warning",
    "none",
    ["Sudah dimuat, tidak dalam berkas", "Loaded, not in the file"],
    ["{code} {name} sudah dimuat dan tidak ada dalam berkas.", "{code} {name} is loaded and not in the file."],
  ),
  loaded_moved: kind(
    "note",
    "polygon",
    ["Bentuk berubah", "Moved: the shape changes"],
    [
      "{code} {name}: {squareMetres} berpindah ({share} dari gabungan bentuk lama dan baru).",
      "{code} {name}: {squareMetres} change hands ({share} of the old and new shape together).",
    ],
  ),
  loaded_renamed: kind(
    "note",
    "none",
    ["Nama berubah", "Renamed"],
    ["{code}: {expected} menjadi {value}.", "{code}: {expected} becomes {value}."],
  ),
} as const satisfies Record<string, FindingKind>;

/** Words that stand for the codes in a finding's `reason`. What is not here is told as it is. */
export const reasonWords: Readonly<Record<string, { readonly id: string; readonly en: string }>> = {
  "Self-intersection": { id: "garisnya memotong diri", en: "its border crosses itself" },
  "Ring Self-intersection": { id: "garisnya menyentuh diri", en: "its border touches itself" },
  "Hole lies outside shell": { id: "lubang di luar garis luar", en: "a hole lies outside the shell" },
  "Holes are nested": { id: "lubang di dalam lubang", en: "a hole lies in a hole" },
  "Nested shells": { id: "bagian di dalam bagian", en: "a part lies in a part" },
  "Interior is disconnected": { id: "bagian dalamnya terputus", en: "its inside is cut in two" },
  "Duplicate Rings": { id: "garis ganda", en: "a ring stands twice" },
  "Too few points in geometry component": { id: "titik terlalu sedikit", en: "too few vertices" },
  identical: { id: "isinya sama", en: "their content is the same" },
  differing: { id: "isinya berbeda, masuk antrean", en: "their content differs; queued" },
  wholly: { id: "seluruhnya", en: "wholly" },
  partly: { id: "sebagian", en: "partly" },
  not_in_list: { id: "tidak ada dalam daftar resmi", en: "is not in the official list" },
  not_loaded: { id: "belum dimuat", en: "is not loaded" },
  not_a_polygon: { id: "bukan poligon", en: "no polygon" },
  invalid_coordinates: { id: "koordinatnya bukan angka biasa", en: "its coordinates are no ordinary numbers" },
  geometry_lost: { id: "tidak ada bidang yang tersisa", en: "no surface is left" },
};

export type FindingKindId = keyof typeof findingKinds;
export const findingKindIds = Object.keys(findingKinds) as [FindingKindId, ...FindingKindId[]];
