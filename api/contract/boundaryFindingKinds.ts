/** Whether it must be mended at the source, deserves a look, or is only told. */
export type FindingSeverity = "fault" | "warning" | "note";

export interface FindingKind {
  readonly severity: FindingSeverity;
  /** What geometry a finding of it has on the map. */
  readonly shape: "polygon" | "point" | "none";
  readonly title: { readonly id: string; readonly en: string };
  /** One finding in a sentence; `{name}` is filled from the finding's own fields. */
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
      "{code} {name}: bentuk tidak sah ({reason}). Sesudah diperbaiki luasnya {squareMetresAfter} m², semula {squareMetresBefore} m².",
      "{code} {name}: the shape is not valid ({reason}). Repaired, its area is {squareMetresAfter} m²; it was {squareMetresBefore} m².",
    ],
  ),
  hole_outside: kind(
    "fault",
    "polygon",
    ["Lubang di luar bentuknya", "Holes outside their shell"],
    [
      "{code} {name}: lubang seluas {squareMetres} m² terletak di luar garis luarnya.",
      "{code} {name}: a hole of {squareMetres} m² lies outside its shell.",
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
      "{code} {name} dan {otherCode} {otherName} bertumpang tindih {squareMetres} m².",
      "{code} {name} and {otherCode} {otherName} overlap by {squareMetres} m².",
    ],
  ),
  gap: kind(
    "warning",
    "polygon",
    ["Celah di antara desa", "Gaps between villages"],
    [
      "Celah {squareMetres} m² yang tidak dimiliki desa mana pun, di antara {around}.",
      "A gap of {squareMetres} m² that no village covers, between {around}.",
    ],
  ),
  sliver: kind(
    "warning",
    "polygon",
    ["Serpihan", "Slivers"],
    [
      "{code} {name}: bagian setipis {widthMetres} m seluas {squareMetres} m².",
      "{code} {name}: a part only {widthMetres} m wide, of {squareMetres} m².",
    ],
  ),
  point_outside: kind(
    "warning",
    "point",
    ["Titik acuan di luar bentuknya", "Reference points outside"],
    ["{code} {name}: titik acuan {metres} m di luar bentuknya.", "{code} {name}: the reference point lies {metres} m outside the shape."],
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
    "point",
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
      "{code} {name}: {squareMetres} m² berpindah ({percent}% dari gabungan bentuk lama dan baru).",
      "{code} {name}: {squareMetres} m² change hands ({percent}% of the old and new shape together).",
    ],
  ),
  loaded_renamed: kind(
    "note",
    "none",
    ["Nama berubah", "Renamed"],
    ["{code}: {expected} menjadi {value}.", "{code}: {expected} becomes {value}."],
  ),
} as const satisfies Record<string, FindingKind>;

export type FindingKindId = keyof typeof findingKinds;
export const findingKindIds = Object.keys(findingKinds) as [FindingKindId, ...FindingKindId[]];
