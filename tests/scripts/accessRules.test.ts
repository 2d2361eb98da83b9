import { expect, test } from "vitest";
import { allRoutes } from "../../api/routes/index.ts";
import type { Parts } from "../../api/routes/parts.ts";
import { accessRules } from "../../scripts/drive/access/rules.ts";

/** Stands for every part: routes are only listed here, never asked. */
const anything: unknown = new Proxy(() => undefined, { get: () => anything, apply: () => anything });
const listed = allRoutes(anything as Parts).map(({ method, path, who }) => ({ route: `${method} ${path}`, who }));

test("every route has a rule of its own, and every rule its route", () => {
  expect(accessRules.map(({ route }) => route).sort()).toEqual(listed.map(({ route }) => route).sort());
});

test.each(listed)("$route lets in nobody beyond its rule", ({ route, who }) => {
  const rule = accessRules.find((one) => one.route === route);
  // A rule may be narrower than the door: viewers pass that of items, and are told by the collection.
  if (who === "anyone") expect(rule?.who).toBe("anyone");
  else for (const role of rule?.who ?? []) expect(who).toContain(role);
});
