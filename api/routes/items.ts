import { z } from "zod";
import { ownReader, refuseUnfitReader } from "../access/audience.ts";
import { maySee } from "../access/people.ts";
import { tellRead } from "../access/trail.ts";
import { collectionTexts } from "../contract/collections.ts";
import { Feature, FeatureCollection } from "../contract/feature.ts";
import { type Asked, everyRole, type Route, route } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { collections } from "../queries/collections.ts";
import { readItem, readPage } from "../queries/items.ts";
import { FilterFault } from "../queries/queryables.ts";
import { AreaFeatures } from "./areaFeatures.ts";
import { featureOf } from "./features.ts";
import { areaPageAnswer, featureAnswer, itemFormats, pageAnswer, pageFormats } from "./itemsAnswer.ts";
import { readAsOf, readRequest } from "./itemsRequest.ts";
import { collectionId } from "./landing.ts";
import type { Parts } from "./parts.ts";
import { problemAnswers } from "./parts.ts";
import { ShapeCache } from "./shapeCache.ts";
import { wantedFormat } from "./wantedFormat.ts";

const fileTypes = { "text/csv": null, "application/vnd.apache.arrow.stream": null, "application/flatgeobuf": null, "text/html": null };
/** A property may be a parameter of its own (`?issue=404`), so the names are checked against the collection, not here. */
const ItemsQuery = z.record(z.string(), z.string());

export function itemRoutes({ database, config }: Parts): Route[] {
  const shapes = new ShapeCache(database);
  const areaFeatures = new AreaFeatures(database, config.timeZone);
  const items = async ({ path, query, person, url, header }: Asked<Record<string, string>>) => {
    const id = collectionId(path.collection);
    refuseUnfitReader(id, person);
    const request = { ...readRequest(query, id, person.areas, config.timeZone), ownReader: ownReader(person) };
    const format = wantedFormat(query.f, header("accept"), pageFormats);
    // Areas and what is told of them have the shapes of areas, which everybody may see.
    const hasAreaShapes = format === "geojson" && collections[id].geojson === "a.geojson";
    const isOfAreas = format === "geojson" && "changing" in collections[id];
    const columns = isOfAreas ? "changing" : hasAreaShapes ? "without shapes" : "all";
    const page = await readPage(database, collections[id], { ...request, columns }).catch((error: unknown) => {
      throw error instanceof FilterFault ? problem("invalid_filter", { value: error.property, reason: error.expected }) : error;
    });
    const next = new URL(url);
    next.searchParams.delete("offset");
    if (page.next) next.searchParams.set("cursor", Buffer.from(JSON.stringify(page.next)).toString("base64url"));
    const nextLink = page.next ? next.href : null;
    const { numberMatched } = page;
    if (isOfAreas) return areaPageAnswer({ id, pieces: await areaFeatures.get(id, page.rows), numberMatched, nextLink, url });
    const features = page.rows.map((row) => featureOf(id, row, config.timeZone));
    if (collections[id].keyType === "uuid")
      tellRead(
        id,
        features.map((feature) => feature.id),
      );
    return pageAnswer(
      {
        id,
        title: collectionTexts[id].title,
        features,
        ...(hasAreaShapes ? { shapes: await shapes.get(features.map((feature) => feature.id)) } : {}),
        numberMatched,
        nextLink,
        url,
      },
      format,
    );
  };
  return [
    route({
      method: "get",
      path: "/api/collections/{collection}/items",
      summary: "Isi koleksi / items",
      tag: "koleksi",
      who: everyRole,
      query: ItemsQuery,
      answers: { 200: { description: "Features", types: { "application/geo+json": FeatureCollection, ...fileTypes } }, ...problemAnswers },
      handle: items,
    }),
    route({
      method: "get",
      path: "/api/collections/{collection}/items/{item}",
      summary: "Satu isi / one item",
      tag: "koleksi",
      who: everyRole,
      query: z.strictObject({ f: z.enum(["json", "geojson", "html"]).optional(), asOf: z.string().optional() }),
      answers: {
        200: { description: "Feature", types: { "application/geo+json": Feature, "text/html": null }, headers: ["ETag"] },
        ...problemAnswers,
        410: { description: "Ditarik / withdrawn" },
      },
      handle: async ({ path, query, person, url, header }) => {
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
        const format = wantedFormat(query.f, header("accept"), itemFormats);
        return featureAnswer(
          id,
          collectionTexts[id].title,
          feature,
          url,
          format,
          row.version === undefined || asOf ? null : `"${row.version}"`,
        );
      },
    }),
  ];
}
