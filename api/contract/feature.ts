import { z } from "zod";

export const Link = z.object({ href: z.string(), rel: z.string(), type: z.string().optional(), title: z.string().optional() }).loose();
const AnyGeometry = z
  .object({
    type: z.enum(["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"]),
    coordinates: z.array(z.unknown()).optional(),
    geometries: z.array(z.unknown()).optional(),
  })
  .loose();

/** A feature of RFC 7946 as it travels out. */
export const Feature = z
  .object({
    type: z.literal("Feature"),
    id: z.string(),
    geometry: AnyGeometry.nullable(),
    properties: z.record(z.string(), z.unknown()),
    links: z.array(Link).optional(),
  })
  .loose();

/** A page of features by OGC API Features. */
export const FeatureCollection = z.object({
  type: z.literal("FeatureCollection"),
  numberMatched: z.int().min(0),
  numberReturned: z.int().min(0),
  timeStamp: z.string(),
  links: z.array(Link),
  features: z.array(Feature),
});
