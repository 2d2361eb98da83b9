import { z } from "zod";
import { ownReader, refuseUnfitReader } from "../access/audience.ts";
import { maySee } from "../access/people.ts";
import { type Asked, everyRole, type Route, route } from "../endpoint.ts";
import { writeCsv } from "../formats/csvText.ts";
import { problem } from "../problem.ts";
import { collections } from "../queries/collections.ts";
import { readItem, readPage } from "../queries/items.ts";
import { FilterFault } from "../queries/queryables.ts";
import { featureOf } from "./features.ts";
import { badParameter, readAsOf, readRequest } from "./itemsRequest.ts";
import { collectionId } from "./landing.ts";
import type { Parts } from "./parts.ts";
import { problemAnswers } from "./parts.ts";

/** A property may be a parameter of its own (`?issue=404`), so the names are checked against the collection, not here. */
const ItemsQuery = z.record(z.string(), z.string());

function wantedFormat(f: string | undefined, accept: string | undefined): "geojson" | "csv" {
  if (f !== undefined && !["json", "geojson", "csv"].includes(f)) throw badParameter("f", f, "json, geojson, csv");
  return f === "csv" || (f === undefined && /^text\/csv/.test(accept ?? "")) ? "csv" : "geojson";
}

export function itemRoutes({ database, config }: Parts): Route[] {
  const items = async ({ path, query, person, url, header }: Asked<Record<string, string>>) => {
    const id = collectionId(path.collection);
    refuseUnfitReader(id, person);
    const request = { ...readRequest(query, id, person.areas, config.timeZone), ownReader: ownReader(person) };
    const format = wantedFormat(query.f, header("accept"));
    const page = await readPage(database, collections[id], request).catch((error: unknown) => {
      throw error instanceof FilterFault ? problem("invalid_filter", { value: error.property, reason: error.expected }) : error;
    });
    const link = (changes: Record<string, string>): string => {
      const next = new URL(url);
      for (const [name, value] of Object.entries(changes)) next.searchParams.set(name, value);
      return next.href;
    };
    const nextLink = page.next ? link({ cursor: Buffer.from(JSON.stringify(page.next)).toString("base64url") }) : null;
    const features = page.rows.map((row) => featureOf(id, row, config.timeZone));
    if (format === "csv") {
      return {
        type: "text/csv; charset=utf-8",
        headers: {
          "Content-Disposition": `attachment; filename="waspada-${id}.csv"`,
          ...(nextLink ? { Link: `<${nextLink}>; rel="next"` } : {}),
        },
        body: writeCsv(features.map((feature) => ({ id: feature.id, ...feature.properties }))),
      };
    }
    const links = [
      { rel: "self", type: "application/geo+json", href: url.href },
      { rel: "collection", type: "application/json", href: `${url.origin}/api/collections/${id}` },
      ...(nextLink ? [{ rel: "next", type: "application/geo+json", href: nextLink }] : []),
    ];
    const head = JSON.stringify({
      type: "FeatureCollection",
      numberMatched: page.numberMatched,
      numberReturned: page.rows.length,
      timeStamp: new Date().toISOString(),
      links,
    });
    return {
      type: "application/geo+json",
      body: `${head.slice(0, -1)},"features":[${features.map((feature) => feature.text).join(",")}]}`,
    };
  };
  return [
    route({
      method: "get",
      path: "/api/collections/{collection}/items",
      summary: "Isi koleksi / items",
      tag: "koleksi",
      who: everyRole,
      query: ItemsQuery,
      answers: { 200: { description: "Features", types: { "application/geo+json": null, "text/csv": null } }, ...problemAnswers },
      handle: items,
    }),
    route({
      method: "get",
      path: "/api/collections/{collection}/items/{item}",
      summary: "Satu isi / one item",
      tag: "koleksi",
      who: everyRole,
      query: z.strictObject({ f: z.enum(["json", "geojson"]).optional(), asOf: z.string().optional() }),
      answers: {
        200: { description: "Feature", types: { "application/geo+json": null }, headers: ["ETag"] },
        ...problemAnswers,
        410: { description: "Ditarik / withdrawn" },
      },
      handle: async ({ path, query, person }) => {
        const id = collectionId(path.collection);
        refuseUnfitReader(id, person);
        const asOf = readAsOf(query.asOf, id, config.timeZone);
        const key = path.item ?? "";
        const isUuidKeyed = collections[id].keyType === "uuid";
        const missing = () => problem("not_found", { value: `${id} ${key}` });
        if (isUuidKeyed ? !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(key) : !maySee(person, key)) throw missing();
        const row = await readItem(database, collections[id], key, person.areas, {
          asOf,
          timeZone: config.timeZone,
          ownReader: ownReader(person),
        });
        if (!row) throw missing();
        const feature = featureOf(id, row, config.timeZone);
        return {
          type: "application/geo+json",
          body: feature.text,
          ...(row.version === undefined || asOf ? {} : { headers: { ETag: `"${row.version}"` } }),
        };
      },
    }),
  ];
}
