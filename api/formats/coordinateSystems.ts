import proj4 from "proj4";

export type Datum = "WGS 84" | "DGN95" | "SRGI2013" | "ID74";

/** A coordinate system that this service can turn into longitude and latitude. */
export interface CoordinateSystem {
  /** Its number in the EPSG register. */
  readonly epsg: number;
  readonly name: string;
  readonly datum: Datum;
  /** In metres (true) or degrees. */
  readonly isProjected: boolean;
  /** What proj4 makes of it. */
  readonly definition: string;
}

// DGN95 and SRGI2013 are taken as WGS 84. PROJ moves SRGI2013 by 0.23 metres, by way of DGN95 and within its own accuracy of 1.2; as a frame of ITRF2008
// it is nearer to WGS 84 than that. ID74: EPSG transformation 15911 (the same as 1833), about 3 metres.
const datums: Readonly<Record<Datum, string>> = {
  "WGS 84": "+datum=WGS84",
  DGN95: "+ellps=WGS84 +towgs84=0,0,0",
  SRGI2013: "+ellps=WGS84 +towgs84=0,0,0",
  ID74: "+a=6378160 +rf=298.247 +towgs84=-1.977,-13.06,-9.993,0.364,0.254,0.689,-1.037",
};

/** How far positions shifted from ID74 may be off, in metres. */
export const id74AccuracyMetres = 3;

const geographic = (epsg: number, datum: Datum): CoordinateSystem => ({
  epsg,
  name: datum,
  datum,
  isProjected: false,
  definition: `+proj=longlat ${datums[datum]} +no_defs`,
});

/** Zones of one hemisphere, whose numbers follow each other. */
function utm(datum: Datum, hemisphere: "N" | "S", firstEpsg: number, firstZone: number, lastZone: number): CoordinateSystem[] {
  return Array.from({ length: lastZone - firstZone + 1 }, (_, index) => ({
    epsg: firstEpsg + index,
    name: `${datum} / UTM zone ${firstZone + index}${hemisphere}`,
    datum,
    isProjected: true,
    definition: `+proj=utm +zone=${firstZone + index}${hemisphere === "S" ? " +south" : ""} ${datums[datum]} +units=m +no_defs`,
  }));
}

/** The national grid of land registration: zones of three degrees, called 46.2, 47.1, 47.2, … after the UTM zone and its half. */
const tm3 = Array.from(
  { length: 16 },
  (_, index): CoordinateSystem => ({
    epsg: 23830 + index,
    name: `DGN95 / Indonesia TM-3 zone ${46 + Math.ceil(index / 2)}.${index % 2 === 0 ? 2 : 1}`,
    datum: "DGN95",
    isProjected: true,
    definition: `+proj=tmerc +lat_0=0 +lon_0=${94.5 + 3 * index} +k=0.9999 +x_0=200000 +y_0=1500000 ${datums.DGN95} +units=m +no_defs`,
  }),
);

/** What Indonesian offices use; numbers and parameters from the EPSG register. */
export const coordinateSystems: readonly CoordinateSystem[] = [
  geographic(4326, "WGS 84"),
  geographic(4755, "DGN95"),
  geographic(9470, "SRGI2013"),
  geographic(4238, "ID74"),
  {
    epsg: 3857,
    name: "WGS 84 / Pseudo-Mercator",
    datum: "WGS 84",
    isProjected: true,
    definition: "+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +no_defs",
  },
  ...utm("WGS 84", "N", 32646, 46, 54),
  ...utm("WGS 84", "S", 32746, 46, 54),
  ...utm("DGN95", "N", 23866, 46, 52),
  ...utm("DGN95", "S", 23877, 47, 54),
  ...utm("SRGI2013", "N", 9476, 46, 52),
  ...utm("SRGI2013", "S", 9487, 47, 54),
  ...utm("ID74", "N", 23846, 46, 53),
  ...utm("ID74", "S", 23886, 46, 54),
  ...tm3,
];

const byEpsg = new Map(coordinateSystems.map((system) => [system.epsg, system]));

/** Longitude and latitude on WGS 84: what everything is stored in. */
export const wgs84 = byEpsg.get(4326)!;

/** What is accepted, in short, for messages. */
export const knownSystems =
  "EPSG:4326, 3857, 32646–32654 & 32746–32754 (WGS 84 UTM), 4755, 23866–23872 & 23877–23884 (DGN95 UTM), 23830–23845 (DGN95 TM-3), 9470, 9476–9482 & 9487–9494 (SRGI2013), 4238, 23846–23853 & 23886–23894 (ID74)";

export const findSystem = (epsg: number): CoordinateSystem | null => byEpsg.get(epsg) ?? null;

export const systemLabel = ({ name, epsg }: CoordinateSystem): string => `${name} (EPSG:${epsg})`;

/** True where its coordinates are longitude and latitude as they stand. */
export const isWgs84Degrees = ({ isProjected, datum }: CoordinateSystem): boolean => !isProjected && datum !== "ID74";

/** Turns coordinates of a system into [longitude, latitude] in degrees; about a microsecond a point. Not a number where the projection has no answer. */
export function toDegrees(system: CoordinateSystem): (x: number, y: number) => [number, number] {
  if (isWgs84Degrees(system)) return (x, y) => [x, y];
  const converter = proj4(system.definition, wgs84.definition);
  return (x, y) => {
    if (!Number.isFinite(x) || !Number.isFinite(y)) return [x, y];
    const [longitude = Number.NaN, latitude = Number.NaN] = converter.forward([x, y]);
    return [longitude, latitude];
  };
}
