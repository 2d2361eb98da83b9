import { expect, test } from "vitest";
import { RouteTable } from "../../../api/answering/routeTable.ts";

const entries = [
  { path: "/api", method: "GET" },
  { path: "/api/collections/incidents/items", method: "POST" },
  { path: "/api/collections/{collection}/items", method: "GET" },
  { path: "/api/collections/{collection}/items/{item}", method: "GET" },
];
const table = new RouteTable(entries);

test.each<[string, string, string | null, Record<string, string>]>([
  ["GET", "/api", "/api", {}],
  ["GET", "/api/", "/api", {}],
  ["GET", "/API/Collections/villages/ITEMS", "/api/collections/{collection}/items", { collection: "villages" }],
  ["GET", "/api/collections/villages/items/", "/api/collections/{collection}/items", { collection: "villages" }],
  ["POST", "/api/collections/incidents/items", "/api/collections/incidents/items", {}],
  ["GET", "/api/collections/incidents/items", "/api/collections/{collection}/items", { collection: "incidents" }],
  ["GET", "/api/collections/a/items/b%2Fc%20d", "/api/collections/{collection}/items/{item}", { collection: "a", item: "b/c d" }],
  ["GET", "/api/collections/a/items/__proto__", "/api/collections/{collection}/items/{item}", { collection: "a", item: "__proto__" }],
  ["DELETE", "/api/collections/incidents/items", null, {}],
  ["GET", "/api/collections//items", null, {}],
  ["GET", "/api/collections/a/items//", null, {}],
  ["GET", "/", null, {}],
  ["GET", "/api/unknown", null, {}],
])("%s %s leads to %s", (method, path, wanted, parameters) => {
  const found = table.find(path, (entry) => entry.method === method);
  expect(found?.entry.path ?? null).toBe(wanted);
  expect(found?.parameters ?? {}).toEqual(parameters);
});

test("a parameter that is not UTF-8 is refused", () => {
  expect(() => table.find("/api/collections/%ff/items", () => true)).toThrow(URIError);
});
