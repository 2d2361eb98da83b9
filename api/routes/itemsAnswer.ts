import type { Answer } from "../endpoint.ts";
import { writeArrow } from "../formats/arrowFeatures.ts";
import { writeCsv } from "../formats/csvText.ts";
import type { WrittenFeature } from "../formats/features.ts";
import { writeFlatGeobuf } from "../formats/flatgeobufWriter.ts";
import type { CollectionId } from "../queries/collections.ts";
import type { Page } from "../queries/items.ts";
import { type Feature, piecesOf } from "./features.ts";
import { htmlAnswer, valueCell } from "./htmlPage.ts";
import { type Format, formatLinks, mediaTypes } from "./wantedFormat.ts";

export const pageFormats = ["geojson", "csv", "arrow", "fgb", "html"] as const satisfies readonly Format[];
export const itemFormats = ["geojson", "html"] as const satisfies readonly Format[];

/** A page of features and where it lies among the others. */
export interface FeaturePage {
  readonly id: CollectionId;
  readonly title: string;
  readonly features: readonly Feature[];
  readonly numberMatched: Page["numberMatched"];
  readonly nextLink: string | null;
  readonly url: URL;
  /** The shapes of features that were made without. */
  readonly shapes?: ReadonlyMap<string, Buffer>;
}

const withShape = (feature: Feature): WrittenFeature => ({
  geometry: (JSON.parse(feature.text) as { geometry: unknown }).geometry,
  properties: { id: feature.id, ...feature.properties },
});

function fileAnswer({ id, features, nextLink, numberMatched }: FeaturePage, format: "csv" | "arrow" | "fgb"): Answer {
  const body =
    format === "csv"
      ? writeCsv(features.map((feature) => ({ id: feature.id, ...feature.properties })))
      : format === "arrow"
        ? writeArrow(features.map(withShape), { collection: id, numberMatched: String(numberMatched) })
        : writeFlatGeobuf(features.map(withShape));
  return {
    type: format === "csv" ? "text/csv; charset=utf-8" : mediaTypes[format],
    headers: {
      "Content-Disposition": `attachment; filename="waspada-${id}.${format === "arrow" ? "arrows" : format}"`,
      "OGC-NumberMatched": String(numberMatched),
      "OGC-NumberReturned": String(features.length),
      Vary: "Accept",
      ...(nextLink ? { Link: `<${nextLink}>; rel="next"` } : {}),
    },
    body,
  };
}

function pageForPerson({ id, title, features, numberMatched, nextLink, url }: FeaturePage): Answer {
  const at = `/api/collections/${id}`;
  const names = [...new Set(features.flatMap((feature) => Object.keys(feature.properties)))];
  const others = formatLinks(url, "html", pageFormats).filter((link) => link.rel === "alternate");
  return htmlAnswer({
    title,
    trail: [
      { href: "/api?f=html", label: "Waspada" },
      { href: "/api/collections?f=html", label: "Koleksi / collections" },
      { href: `${at}?f=html`, label: title },
    ],
    facts: [
      ["Cocok / matched", numberMatched],
      ["Di halaman ini / on this page", features.length],
    ],
    tables: [
      {
        title: "Isi / items",
        head: ["id", ...names],
        rows: features.map((feature) => [
          { href: `${at}/items/${encodeURIComponent(feature.id)}?f=html`, label: feature.id },
          ...names.map((name) => valueCell(feature.properties[name])),
        ]),
      },
    ],
    links: [
      ...(nextLink ? [{ href: nextLink, label: "Halaman berikut / next page" }] : []),
      ...others.map(({ href, type }) => ({ href, label: type })),
    ],
  });
}

/** The page as bytes: shapes are copied, never read. */
function joined(head: string, features: readonly Feature[], shapes: ReadonlyMap<string, Buffer>): Buffer {
  const pieces: Buffer[] = [];
  let text = head;
  for (const [at, feature] of features.entries()) {
    if (at > 0) text += ",";
    for (const piece of piecesOf(feature, shapes.get(feature.id))) {
      if (typeof piece === "string") text += piece;
      else {
        pieces.push(Buffer.from(text), piece);
        text = "";
      }
    }
  }
  return Buffer.concat([...pieces, Buffer.from(`${text}]}`)]);
}

const comma = ",".length;

/** What stands before the features of a page. */
function headOf(
  { id, numberMatched, nextLink, url }: Pick<FeaturePage, "id" | "numberMatched" | "nextLink" | "url">,
  numberReturned: number,
): string {
  const head = JSON.stringify({
    type: "FeatureCollection",
    numberMatched,
    numberReturned,
    timeStamp: new Date().toISOString(),
    links: [
      ...formatLinks(url, "geojson", pageFormats),
      { rel: "collection", type: "application/json", href: `${url.origin}/api/collections/${id}` },
      ...(nextLink ? [{ rel: "next", type: "application/geo+json", href: nextLink }] : []),
    ],
  });
  return `${head.slice(0, -1)},"features":[`;
}

const geojsonPage = { type: "application/geo+json; charset=utf-8", headers: { Vary: "Accept" } } as const;

/** A page of a collection in the format asked for; the features of GeoJSON are taken over as text, never parsed and written again. */
export function pageAnswer(page: FeaturePage, format: (typeof pageFormats)[number]): Answer {
  if (format === "html") return pageForPerson(page);
  if (format !== "geojson") return fileAnswer(page, format);
  const { features, shapes } = page;
  const head = headOf(page, features.length);
  return {
    ...geojsonPage,
    body: shapes ? joined(head, features, shapes) : `${head}${features.map((feature) => feature.text).join(",")}]}`,
  };
}

/** A page of GeoJSON from features that are ready to be sent, each after a comma. */
export function areaPageAnswer(
  page: Pick<FeaturePage, "id" | "numberMatched" | "nextLink" | "url"> & { readonly pieces: readonly Buffer[] },
): Answer {
  const [first, ...others] = page.pieces;
  const features = first ? [first.subarray(comma), ...others] : [];
  return { ...geojsonPage, body: [Buffer.from(headOf(page, features.length)), ...features, Buffer.from("]}")] };
}

/** One feature in the format asked for, with links to where it belongs. */
export function featureAnswer(
  id: CollectionId,
  title: string,
  feature: Feature,
  url: URL,
  format: (typeof itemFormats)[number],
  etag: string | null,
): Answer {
  const at = `/api/collections/${id}`;
  if (format === "html") {
    return htmlAnswer({
      title: `${title}: ${feature.id}`,
      trail: [
        { href: "/api?f=html", label: "Waspada" },
        { href: "/api/collections?f=html", label: "Koleksi / collections" },
        { href: `${at}?f=html`, label: title },
        { href: `${at}/items?f=html`, label: "Isi / items" },
      ],
      facts: Object.entries(feature.properties).map(([name, value]) => [name, valueCell(value)] as const),
      links: [{ href: `${at}/items/${encodeURIComponent(feature.id)}?f=geojson`, label: "application/geo+json" }],
    });
  }
  const links = [...formatLinks(url, "geojson", itemFormats), { rel: "collection", type: "application/json", href: `${url.origin}${at}` }];
  return {
    type: "application/geo+json",
    headers: { Vary: "Accept", ...(etag === null ? {} : { ETag: etag }) },
    body: `${feature.text.slice(0, -1)},"links":${JSON.stringify(links)}}`,
  };
}
