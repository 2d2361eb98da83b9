import { z } from "zod";
import { mayReadCollection, refuseUnfitReader } from "../access/audience.ts";
import { collectionTexts } from "../contract/collections.ts";
import { everyRole, type Route, route } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { extentOf } from "../queries/areaList.ts";
import { type CollectionId, collections } from "../queries/collections.ts";
import type { Parts } from "./parts.ts";
import { problemAnswers } from "./parts.ts";

const conformance = [
  "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
  "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
  "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
  "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
  "http://www.opengis.net/spec/ogcapi-features-4/1.0/conf/create-replace-delete",
  "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/core",
  "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/mvt",
  "http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf/core",
  "http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf/json",
  "http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf/job-list",
  "http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf/dismiss",
];
const FormatQuery = z.strictObject({ f: z.enum(["json"]).optional() });
const Links = z.object({ links: z.array(z.object({ href: z.string(), rel: z.string() }).loose()) }).loose();
const tiled: readonly string[] = ["provinces", "regencies", "districts", "villages"];

function collectionDocument(id: CollectionId, root: string, extent: readonly number[] | null): Record<string, unknown> {
  const at = `${root}/collections/${id}`;
  return {
    id,
    title: collectionTexts[id].title,
    description: collectionTexts[id].description,
    ...(extent ? { extent: { spatial: { bbox: [extent], crs: "http://www.opengis.net/def/crs/OGC/1.3/CRS84" } } } : {}),
    itemType: "feature",
    crs: ["http://www.opengis.net/def/crs/OGC/1.3/CRS84"],
    links: [
      { href: at, rel: "self", type: "application/json" },
      { href: `${at}/items`, rel: "items", type: "application/geo+json" },
      { href: `${at}/items?f=csv`, rel: "items", type: "text/csv" },
      ...(tiled.includes(id)
        ? [
            {
              href: `${at}/tiles/WebMercatorQuad/tilejson`,
              rel: "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector",
              type: "application/json",
            },
          ]
        : []),
    ],
  };
}

export function landingRoutes({ database }: Parts): Route[] {
  return [
    route({
      method: "get",
      path: "/api",
      summary: "Halaman depan API / landing page",
      tag: "standar",
      who: "anyone",
      query: FormatQuery,
      answers: { 200: { description: "Links", types: { "application/json": Links } } },
      handle: async ({ url }) => {
        const root = `${url.origin}/api`;
        const link = (rel: string, path: string, type: string, title: string) => ({ rel, href: `${root}${path}`, type, title });
        return {
          body: {
            title: "Waspada",
            description: "Kewaspadaan dini konflik sosial per desa / early warning of social conflict by village",
            links: [
              link("self", "", "application/json", "this document"),
              link("service-desc", "/openapi.json", "application/vnd.oai.openapi+json;version=3.1", "OpenAPI 3.1"),
              link("service-doc", "/docs", "text/html", "API documentation"),
              link("conformance", "/conformance", "application/json", "conformance"),
              link("data", "/collections", "application/json", "collections"),
              link("http://www.opengis.net/def/rel/ogc/1.0/processes", "/processes", "application/json", "processes"),
              link("http://www.opengis.net/def/rel/ogc/1.0/job-list", "/jobs", "application/json", "jobs"),
            ],
          },
        };
      },
    }),
    route({
      method: "get",
      path: "/api/conformance",
      summary: "Standar yang dipenuhi / conformance classes",
      tag: "standar",
      who: "anyone",
      query: FormatQuery,
      answers: { 200: { description: "Classes", types: { "application/json": z.object({ conformsTo: z.array(z.string()) }) } } },
      handle: async () => ({ body: { conformsTo: conformance } }),
    }),
    route({
      method: "get",
      path: "/api/collections",
      summary: "Daftar koleksi / collections",
      tag: "koleksi",
      who: everyRole,
      query: FormatQuery,
      answers: {
        200: {
          description: "Collections",
          types: { "application/json": Links.extend({ collections: z.array(z.object({ id: z.string() }).loose()) }) },
        },
        ...problemAnswers,
      },
      handle: async ({ url, person }) => {
        const root = `${url.origin}/api`;
        const extent = await extentOf(database, person.areas);
        return {
          body: {
            links: [{ href: `${root}/collections`, rel: "self", type: "application/json" }],
            collections: (Object.keys(collections) as CollectionId[])
              .filter((id) => mayReadCollection(person, id))
              .map((id) => collectionDocument(id, root, extent)),
          },
        };
      },
    }),
    route({
      method: "get",
      path: "/api/collections/{collection}",
      summary: "Satu koleksi / one collection",
      tag: "koleksi",
      who: everyRole,
      query: FormatQuery,
      answers: { 200: { description: "Collection", types: { "application/json": Links } }, ...problemAnswers },
      handle: async ({ url, path, person }) => {
        const id = collectionId(path.collection);
        refuseUnfitReader(id, person);
        return { body: collectionDocument(id, `${url.origin}/api`, await extentOf(database, person.areas)) };
      },
    }),
  ];
}

/** The collection of a name in a path. @throws not_found naming it. */
export function collectionId(name: string | undefined): CollectionId {
  if (name !== undefined && Object.hasOwn(collections, name)) return name as CollectionId;
  throw problem("not_found", { value: `koleksi/collection ${name}` });
}
