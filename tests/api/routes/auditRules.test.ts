import { expect, test } from "vitest";
import { auditRules } from "../../../api/routes/auditRules.ts";
import { allRoutes } from "../../../api/routes/index.ts";

// Routes are only declared here, never asked.
const declared = allRoutes({ config: {}, database: {}, isDemoOn: () => false } as never).map(({ method, path }) => `${method} ${path}`);

test("every route says what it leaves in the audit trail, and nothing else does", () => {
  expect(declared.filter((name) => !auditRules.has(name))).toEqual([]);
  expect([...auditRules.keys()].filter((name) => !declared.includes(name))).toEqual([]);
});

test("every route that changes something leaves a note, but for those that keep nothing", () => {
  const silent = declared.filter((name) => !name.startsWith("get ") && auditRules.get(name)?.kind === "open");
  expect(silent.sort()).toEqual(["post /api/account/totp", "post /api/imports/{kind}/columns", "post /api/reports/draft"]);
});
