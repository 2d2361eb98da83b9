/** Kinds of files that are loaded and cut off. */
export const kinds = ["boundaries", "incidents", "indicators"] as const;
export type Kind = (typeof kinds)[number];

/** A file of one round: other rounds' files of the kind put other content at the same villages. */
export interface RoundFile {
  readonly name: string;
  readonly text: string;
  /** Rows of data, without a header. */
  readonly rows: number;
  readonly query: Readonly<Record<string, string>>;
}

export const regency = "99.01";
const columnsWide = 25;
const verticesOnSide = 12;
/** Below it the values of a round; a value tells its round by how often this goes into it. */
export const valuesPerRound = 100_000;
export const indicatorNames = Array.from({ length: 10 }, (_, index) => `ukuran_${index + 1}`);

const villageCode = (index: number): string => `${regency}.${String(1 + Math.floor(index / 40)).padStart(2, "0")}.${2001 + (index % 40)}`;

/** Villages in a grid with jagged common borders, which every round draws a little differently. */
function boundaries(round: number, villages: number): RoundFile {
  const wobble = (line: number, step: number): number => 0.0004 * Math.sin(7 * line + 3 * step + round);
  const vertical = (column: number, row: number): number[][] =>
    Array.from({ length: verticesOnSide + 1 }, (_, step) => [
      112 + 0.02 * column + wobble(column, row * verticesOnSide + step),
      -7 - 0.02 * row - (0.02 * step) / verticesOnSide,
    ]);
  const features = Array.from({ length: villages }, (_, index) => {
    const [row, column] = [Math.floor(index / columnsWide), index % columnsWide];
    const ring = [...vertical(column, row), ...vertical(column + 1, row).reverse()];
    return {
      type: "Feature",
      properties: {
        kode: villageCode(index),
        nama: `Desa ${index} putaran ${round}`,
        kabupaten_kota: "Kabupaten Uji",
        provinsi: "Provinsi Uji",
      },
      geometry: { type: "Polygon", coordinates: [[...ring, ring[0]]] },
    };
  });
  return { name: `batas-${round}.geojson`, text: JSON.stringify({ type: "FeatureCollection", features }), rows: villages, query: {} };
}

function incidents(round: number, villages: number, rows: number): RoundFile {
  const lines = Array.from({ length: rows }, (_, index) => {
    const day = new Date(Date.UTC(2020, 0, 1 + ((index * 7 + round) % 1500))).toISOString().slice(0, 10);
    return `${villageCode((index * 31 + round) % villages)},${day},404,F6,Putaran ${round} nomor ${index}`;
  });
  return { name: `kejadian-${round}.csv`, text: `village_code,occurred_from,issue,form,facts\n${lines.join("\n")}\n`, rows, query: {} };
}

function indicators(round: number, villages: number): RoundFile {
  const lines = Array.from({ length: villages }, (_, index) =>
    [villageCode(index), ...indicatorNames.map((_, column) => valuesPerRound * round + 10 * index + column)].join(","),
  );
  return {
    name: `ukuran-${round}.csv`,
    text: `kode,${indicatorNames.join(",")}\n${lines.join("\n")}\n`,
    rows: villages,
    query: { year: String(1950 + round) },
  };
}

/** The file of a kind and round; rounds count from 1. */
export function roundFile(kind: Kind, round: number, size: { readonly villages: number; readonly incidents: number }): RoundFile {
  if (kind === "boundaries") return boundaries(round, size.villages);
  if (kind === "incidents") return incidents(round, size.villages, size.incidents);
  return indicators(round, size.villages);
}
