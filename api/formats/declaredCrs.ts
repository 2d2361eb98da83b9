import proj4 from "proj4";
import { type CoordinateSystem, coordinateSystems, type Datum, findSystem } from "./coordinateSystems.ts";

/** What a file says about its coordinates. */
export interface DeclaredCrs {
  /** Its own words, cut short. */
  readonly text: string;
  /** What that is; null where it is nothing we know. */
  readonly system: CoordinateSystem | null;
}

const shownLength = 120;
const longestWkt = 50_000;
const shown = (text: string): string => text.trim().replace(/\s+/g, " ").slice(0, shownLength);

/** Reads `EPSG:32749`, `32749`, the URN and URL of OGC, and CRS84; null for anything else. */
export function systemOfCode(text: string): CoordinateSystem | null {
  const trimmed = text.trim();
  // CRS84 with heights and EPSG:4979 are the same place.
  if (/^(urn:ogc:def:crs:|OGC:|https?:\/\/www\.opengis\.net\/def\/crs\/)?(OGC[:/][\d.]*[:/])?CRS:?84h?$/i.test(trimmed))
    return findSystem(4326);
  const code =
    /^(?:EPSG:)?(\d{4,6})$/i.exec(trimmed)?.[1] ??
    /^urn:(?:x-)?ogc:def:crs:EPSG:[\d.]*:(\d{4,6})$/i.exec(trimmed)?.[1] ??
    /^https?:\/\/www\.opengis\.net\/(?:def\/crs\/EPSG\/[\d.]+\/|gml\/srs\/epsg\.xml#)(\d{4,6})$/i.exec(trimmed)?.[1];
  if (code === undefined) return null;
  return findSystem(code === "4979" ? 4326 : Number(code));
}

const datumNames: readonly (readonly [RegExp, Datum])[] = [
  [/^d?(wgs1984|wgs84|worldgeodeticsystem1984(ensemble)?)$/, "WGS 84"],
  [/^d?(dgn95|dgn1995|datumgeodesinasional1995)$/, "DGN95"],
  [/^d?(srgi2013|sistemreferensigeospasialindonesia2013)$/, "SRGI2013"],
  [/^d?(id74|indonesian1974|indonesiandatum1974)$/, "ID74"],
];

function datumOf(wkt: string): Datum | null {
  const name = /(?:DATUM|ENSEMBLE)\s*[[(]\s*"([^"]*)"/i.exec(wkt)?.[1];
  const plain = name?.toLowerCase().replace(/[^a-z0-9]/g, "") ?? "";
  return datumNames.find(([pattern]) => pattern.test(plain))?.[1] ?? null;
}

interface Parameters {
  readonly projName: string;
  readonly long0?: number;
  readonly lat0?: number;
  readonly k0?: number;
  readonly x0?: number;
  readonly y0?: number;
  readonly to_meter?: number;
}

const isTransverse = (name: string): boolean =>
  /^(utm|tmerc|etmerc|transverse_?mercator|universal transverse mercator.*)/i.test(name.replaceAll(" ", "_"));

const parametersOf = (definition: string): Parameters => new proj4.Proj(definition) as unknown as Parameters;

const close = (a: number | undefined, b: number | undefined, tolerance: number): boolean => Math.abs((a ?? 0) - (b ?? 0)) <= tolerance;

function isSameProjection(a: Parameters, b: Parameters): boolean {
  return (
    isTransverse(a.projName) &&
    isTransverse(b.projName) &&
    close(a.long0, b.long0, 1e-9) &&
    close(a.lat0, b.lat0, 1e-9) &&
    close(a.k0 ?? 1, b.k0 ?? 1, 1e-9) &&
    close(a.x0, b.x0, 1e-3) &&
    close(a.y0, b.y0, 1e-3) &&
    close(a.to_meter ?? 1, b.to_meter ?? 1, 1e-9)
  );
}

function systemOfWkt(wkt: string): CoordinateSystem | null {
  const authority = /,\s*(?:AUTHORITY|ID)\s*[[(]\s*"EPSG"\s*,\s*"?(\d+)"?\s*[\])]\s*[\])]\s*$/i.exec(wkt)?.[1];
  if (authority !== undefined) return systemOfCode(authority);
  const datum = datumOf(wkt);
  if (datum === null || !/PRIMEM\s*[[(]\s*"Greenwich"/i.test(wkt)) return null;
  if (/(PROJECTION|METHOD)\s*[[(]\s*"(Mercator_Auxiliary_Sphere|Popular Visualisation Pseudo Mercator)"/i.test(wkt))
    return datum === "WGS 84" ? findSystem(3857) : null;
  const candidates = coordinateSystems.filter((system) => system.datum === datum);
  if (/^\s*(GEOGCS|GEOGCRS|GEODCRS|GEOGRAPHICCRS)/i.test(wkt)) return candidates.find((system) => !system.isProjected) ?? null;
  let parameters: Parameters;
  try {
    parameters = parametersOf(wkt);
  } catch {
    return null;
  }
  return (
    candidates.find(
      (system) => system.isProjected && system.epsg !== 3857 && isSameProjection(parameters, parametersOf(system.definition)),
    ) ?? null
  );
}

/**
 * Reads well-known text (.prj, GeoPackage, FlatGeobuf; of version 1, ESRI's or 2): by the code it ends with, else by its datum and parameters,
 * so that the name somebody gave it does not matter.
 */
export function declaredByWkt(wkt: string): DeclaredCrs {
  const name = /^\s*\w+\s*[[(]\s*"([^"]*)"/.exec(wkt)?.[1];
  return { text: shown(name ?? wkt) || "—", system: wkt.length > longestWkt ? null : systemOfWkt(wkt) };
}

export function declaredByCode(text: string): DeclaredCrs {
  return { text: shown(text), system: systemOfCode(text) };
}

/** Reads the `crs` member of GeoJSON of 2008; null where there is none. What is no name, such as a link, is known to nobody here. */
export function declaredByGeojson(crs: unknown): DeclaredCrs | null {
  if (crs === undefined || crs === null) return null;
  const { type, properties } = crs as { type?: unknown; properties?: { name?: unknown; code?: unknown } | null };
  if (type === "EPSG" && properties?.code !== undefined) return declaredByCode(`EPSG:${String(properties.code)}`);
  return typeof properties?.name === "string" ? declaredByCode(properties.name) : { text: shown(JSON.stringify(crs)), system: null };
}
