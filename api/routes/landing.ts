import { z } from "zod";
import { mayReadCollection, refuseUnfitReader } from "../access/audience.ts";
import { collectionTexts } from "../contract/collections.ts";
import { conformanceClasses } from "../contract/conformance.ts";
import { Link } from "../contract/feature.ts";
import { type Answer, everyRole, type Route, route } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { extentOf } from "../queries/areaList.ts";
import { type CollectionId, collections } from "../queries/collections.ts";
import { collectionDocument, propertySchema } from "./collectionDocument.ts";
import { htmlAnswer } from "./htmlPage.ts";
import type { Parts } from "./parts.ts";
import { problemAnswers } from "./parts.ts";
import { formatLinks, wantedFormat } from "./wantedFormat.ts";

const FormatQuery = z.strictObject({ f: z.enum(["json", "html"]).optional() });
const Links = z.object({ links: z.array(Link) }).loose();
const formats = ["json", "html"] as const;
const home = { href: "/api?f=html", label: "Waspada" };
const list = { href: "/api/collections?f=html", label: "Koleksi / collections" };
const PropertySchema = z.object({ $id: z.string(), type: z.literal("object"), properties: z.record(z.string(), z.unknown()) }).loose();

type Linked = { readonly rel: string; readonly href: string; readonly type: string; readonly title?: string };

function landingDocument(url: URL, shown: "json" | "html") {
  const root = `${url.origin}/api`;
  const link = (rel: string, path: string, type: string, title: string): Linked => ({ rel, href: `${root}${path}`, type, title });
  return {
    title: "Waspada",
    description: "Kewaspadaan dini konflik sosial per desa / early warning of social conflict by village",
    links: [
      ...formatLinks(url, shown, formats),
      link("service-desc", "/openapi.json", "application/vnd.oai.openapi+json;version=3.1", "OpenAPI 3.1"),
      link("service-desc", "/openapi-3.0.json", "application/vnd.oai.openapi+json;version=3.0", "OpenAPI 3.0"),
      link("service-doc", "/docs", "text/html", "Dokumentasi / API documentation"),
      link("conformance", "/conformance", "application/json", "Kesesuaian / conformance"),
      link("http://www.opengis.net/def/rel/ogc/1.0/conformance", "/conformance", "application/json", "Kesesuaian / conformance"),
      link("data", "/collections", "application/json", "Koleksi / collections"),
      link("http://www.opengis.net/def/rel/ogc/1.0/data", "/collections", "application/json", "Koleksi / collections"),
      link("http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes", "/tileMatrixSets", "application/json", "Skema petak / tiling schemes"),
      link("http://www.opengis.net/def/rel/ogc/1.0/processes", "/processes", "application/json", "Proses / processes"),
      link("http://www.opengis.net/def/rel/ogc/1.0/job-list", "/jobs", "application/json", "Pekerjaan / jobs"),
    ] as Linked[],
  };
}

const landingPage = (document: ReturnType<typeof landingDocument>): Answer =>
  htmlAnswer({
    title: document.title,
    description: document.description,
    trail: [home],
    links: [
      { href: "/", label: "Peta dan laporan / the dashboard" },
      ...document.links
        .filter(({ rel }) => ["service-doc", "conformance", "data"].includes(rel) || /processes$|job-list$/.test(rel))
        .map(({ href, title, rel }) => ({
          href: rel === "service-doc" ? href : `${href}?f=html`,
          label: title ?? rel,
        })),
    ],
  });

function collectionPage(id: CollectionId): Answer {
  const at = `/api/collections/${id}`;
  return htmlAnswer({
    title: collectionTexts[id].title,
    description: collectionTexts[id].description,
    trail: [home, list],
    tables: [
      {
        title: "Kolom untuk menyaring dan mengurutkan / properties to filter and sort by",
        head: ["nama / name", "jenis / type"],
        rows: Object.entries(collections[id].queryables).map(([name, { type }]) => [name, type]),
      },
    ],
    links: [
      { href: `${at}/items?f=html`, label: "Isi / items" },
      ...["geojson", "csv", "arrow", "fgb"].map((format) => ({ href: `${at}/items?f=${format}`, label: `Unduh / download: ${format}` })),
      { href: `${at}/queryables`, label: "Kolom / queryables (JSON Schema)" },
    ],
  });
}

export function landingRoutes({ database }: Parts): Route[] {
  const properties = (what: "queryables" | "sortables", summary: string): Route =>
    route({
      method: "get",
      path: `/api/collections/{collection}/${what}`,
      summary,
      tag: "koleksi",
      who: everyRole,
      query: z.strictObject({ f: z.enum(["json"]).optional() }),
      answers: { 200: { description: "JSON Schema", types: { "application/schema+json": PropertySchema } }, ...problemAnswers },
      handle: async ({ url, path, person }) => {
        const id = collectionId(path.collection);
        refuseUnfitReader(id, person);
        return { type: "application/schema+json", body: propertySchema(id, what, `${url.origin}/api`) };
      },
    });
  return [
    route({
      method: "get",
      path: "/api",
      summary: "Halaman depan API / landing page",
      tag: "standar",
      who: "anyone",
      query: FormatQuery,
      answers: { 200: { description: "Links", types: { "application/json": Links, "text/html": null } } },
      handle: async ({ url, query, header }) => {
        const format = wantedFormat(query.f, header("accept"), formats);
        const document = landingDocument(url, format);
        return format === "html" ? landingPage(document) : { headers: { Vary: "Accept" }, body: document };
      },
    }),
    route({
      method: "get",
      path: "/api/conformance",
      summary: "Standar yang dipenuhi / conformance classes",
      tag: "standar",
      who: "anyone",
      query: FormatQuery,
      answers: {
        200: {
          description: "Classes",
          types: { "application/json": z.object({ conformsTo: z.array(z.string()) }), "text/html": null },
        },
      },
      handle: async ({ query, header }) => {
        if (wantedFormat(query.f, header("accept"), formats) === "json")
          return { headers: { Vary: "Accept" }, body: { conformsTo: conformanceClasses } };
        const rows = conformanceClasses.map((one) => [one]);
        return htmlAnswer({
          title: "Kesesuaian / conformance",
          trail: [home],
          tables: [{ title: "Kelas / classes", head: ["URI"], rows }],
        });
      },
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
          types: { "application/json": Links.extend({ collections: z.array(Links.extend({ id: z.string() })) }), "text/html": null },
        },
        ...problemAnswers,
      },
      handle: async ({ url, person, query, header }) => {
        const root = `${url.origin}/api`;
        const ids = (Object.keys(collections) as CollectionId[]).filter((id) => mayReadCollection(person, id));
        const format = wantedFormat(query.f, header("accept"), formats);
        if (format === "html") {
          const rows = ids.map((id) => [
            { href: `/api/collections/${id}?f=html`, label: collectionTexts[id].title },
            collectionTexts[id].description,
          ]);
          return htmlAnswer({ title: list.label, trail: [home], tables: [{ title: list.label, head: ["", ""], rows }] });
        }
        const extent = await extentOf(database, person.areas);
        return {
          headers: { Vary: "Accept" },
          body: { links: formatLinks(url, format, formats), collections: ids.map((id) => collectionDocument(id, root, extent)) },
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
      answers: {
        200: { description: "Collection", types: { "application/json": Links.extend({ id: z.string() }), "text/html": null } },
        ...problemAnswers,
      },
      handle: async ({ url, path, person, query, header }) => {
        const id = collectionId(path.collection);
        refuseUnfitReader(id, person);
        if (wantedFormat(query.f, header("accept"), formats) === "html") return collectionPage(id);
        return { headers: { Vary: "Accept" }, body: collectionDocument(id, `${url.origin}/api`, await extentOf(database, person.areas)) };
      },
    }),
    properties("queryables", "Kolom untuk menyaring / queryables"),
    properties("sortables", "Kolom untuk mengurutkan / sortables"),
  ];
}

/** The collection of a name in a path. @throws not_found naming it. */
export function collectionId(name: string | undefined): CollectionId {
  if (name !== undefined && Object.hasOwn(collections, name)) return name as CollectionId;
  throw problem("not_found", { value: `koleksi/collection ${name}` });
}
