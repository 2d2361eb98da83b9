import { type NamedCase, posted, read } from "./namedCase.ts";

const items = "/api/collections/incidents/items";
const cursor = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const filter = (name: string, text: string, code = "invalid_filter"): NamedCase =>
  read(name, `${items}?filter=${encodeURIComponent(text)}`, 400, code);
const query = (name: string, text: string, field: string, code = "invalid_parameter"): NamedCase =>
  read(name, `${items}?${text}`, 400, code, field);
const execution = (name: string, process: string, inputs: unknown, code: string, field: string): NamedCase =>
  posted(name, `/api/processes/${process}/execution`, { inputs }, 422, code, field);

/** Addresses, filters, cursors and questions that cannot be answered. */
export const queryCases: readonly NamedCase[] = [
  query("a negative limit", "limit=-1", "limit"),
  query("a limit in words", "limit=banyak", "limit"),
  query("half a limit", "limit=1.5", "limit"),
  query("a limit beyond all numbers", "limit=1e999", "limit"),
  query("a parameter twice", "limit=1&limit=2", "limit"),
  query("a misspelt parameter", "limt=3", "limt", "unknown_parameter"),
  query("a parameter called __proto__", "__proto__=1", "__proto__", "unknown_parameter"),
  query("a parameter called constructor", "constructor=1", "constructor", "unknown_parameter"),
  query("a box of three numbers", "bbox=1,2,3", "bbox"),
  query("a box of letters", "bbox=a,b,c,d", "bbox"),
  query("a box turned round", "bbox=113,-7,112,-8", "bbox"),
  query("a box without end", "bbox=-1e999,-90,1e999,90", "bbox"),
  query("a time in words", "datetime=kapan", "datetime"),
  query("a time that ends first", "datetime=2025-02-01/2025-01-01", "datetime"),
  query("a time of three ends", "datetime=2025-01-01/2025-02-01/2025-03-01", "datetime"),
  query("an order by what is not there", "sortby=rahasia", "sortby"),
  query("an order with SQL in it", "sortby=title;drop%20table%20incident", "sortby"),
  query("a format of viruses", "f=exe", "f"),
  query("a filter language of nobody", "filter=1&filter-lang=sql", "filter-lang"),
  query("a coordinate system of nobody", "crs=EPSG:99999", "crs"),
  query("a past in words", "asOf=dulu", "asOf"),
  filter("a filter with SQL in it", "title = 'x' or 1=1; drop table incident --'"),
  filter("a filter that stops", "issue = ("),
  filter("a filter with another language's operator", "issue == '404'"),
  filter("a filter on what is not there", "rahasia = 1"),
  filter("a filter on what JavaScript knows", "constructor = 1"),
  filter("a filter that nests for ever", `${"(".repeat(5000)}issue = '404'${")".repeat(5000)}`),
  filter("a filter that denies for ever", `${"NOT ".repeat(1500)}issue = '404'`),
  filter("a filter with a comment", "issue = '404' /* or true */ or"),
  filter("a text left open", "issue = '404"),
  filter("a function that sleeps", "pg_sleep(10) = 1"),
  filter("a number of texts", "severity = 'tiga'"),
  read("a cursor of letters", `${items}?cursor=abc`, 400, "invalid_cursor"),
  read("a cursor of another order", `${items}?sortby=severity&cursor=${cursor({ sorted: "x", key: "y" })}`, 400, "invalid_cursor"),
  read("a cursor with SQL in it", `${items}?cursor=${cursor({ sorted: null, key: "' or 1=1 --" })}`, 400, "invalid_cursor"),
  read("a cursor that is null", `${items}?cursor=${cursor(null)}`, 400, "invalid_cursor"),
  read("a cursor with NUL", `/api/collections/villages/items?cursor=${cursor({ sorted: null, key: "\u0000" })}`, 400, "invalid_cursor"),
  read("a collection of nobody", "/api/collections/rahasia/items", 404, "not_found"),
  read("a collection called __proto__", "/api/collections/__proto__/items", 404, "not_found"),
  read("a tile below the ground", "/api/collections/villages/tiles/WebMercatorQuad/3/99/0", 400, "invalid_parameter", "y"),
  read("a tile of letters", "/api/collections/villages/tiles/WebMercatorQuad/a/b/c", 400, "invalid_parameter", "z"),
  read("an area that is none", "/api/values/population?areas=abc", 400, "invalid_parameter", "areas"),
  read("an area that is not loaded", "/api/values/population?areas=35.99", 422, "unknown_area", "areas"),
  read("a path of broken characters", "/api/collections/villages/items/%zz", 400, "invalid_parameter", "path"),
  read("a path that climbs", "/api/docs/..%2f..%2fpackage.json", 404, "not_found"),
  execution("an area of nobody", "hotspots", { areas: ["35.99"] }, "unknown_area", "areas"),
  execution("an alpha of two", "hotspots", { alpha: 2 }, "invalid_input", "alpha"),
  execution("an input nobody knows", "hotspots", { permutasi: 9 }, "invalid_input", "permutasi"),
  execution("a period that ends first", "rates", { period: { from: "2025-01-02", to: "2025-01-01" } }, "invalid_input", "period.to"),
  execution("permutations without end", "hotspots", { permutations: 1e15 }, "invalid_input", "permutations"),
  execution("inputs that are a list", "rates", [], "invalid_field", "inputs"),
  posted("a process of nobody", "/api/processes/ramalan/execution", { inputs: {} }, 404, "not_found"),
];
