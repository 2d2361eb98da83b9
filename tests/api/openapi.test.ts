import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import spectralCore from "@stoplight/spectral-core";
import spectralRulesets from "@stoplight/spectral-rulesets";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestService, type TestService } from "../fixtures/service.ts";

const { Spectral } = spectralCore;
const { oas } = spectralRulesets;
let service: TestService;
beforeAll(async () => {
  service = await startTestService("postgres");
});
afterAll(() => service?.remove());

test("the OpenAPI document is valid by an outside linter", async () => {
  const folder = await mkdtemp(join(tmpdir(), "waspada-openapi-"));
  const file = join(folder, "openapi.json");
  await writeFile(file, JSON.stringify((await service.call("/api/openapi.json")).body));
  const redocly = join(import.meta.dirname, "../../node_modules/@redocly/cli/bin/cli.js");
  const environment = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true", NO_COLOR: "1" };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [redocly, "lint", file, "--format", "json"], {
    cwd: folder,
    env: environment,
  });
  await rm(folder, { recursive: true, force: true });
  expect(JSON.parse(stdout).totals.errors, stderr).toBe(0);
});

test.each(["openapi", "openapi-3.0"])(
  "%s.json has no error by Spectral's rules",
  async (name) => {
    const spectral = new Spectral();
    spectral.setRuleset({ extends: [[oas as never, "recommended"]] });
    const found = await spectral.run(JSON.stringify((await service.call(`/api/${name}.json`)).body));
    expect(found.filter(({ severity }) => severity === 0).map(({ code, path, message }) => `${code} ${path.join(".")} ${message}`)).toEqual(
      [],
    );
  },
  60_000,
);

test("every route of the document answers, and none that is not in it", async () => {
  const { paths } = (await service.call("/api/openapi.json")).body as { paths: Record<string, Record<string, unknown>> };
  for (const path of Object.keys(paths)) expect(path).toMatch(/^\/api/);
  expect((await service.call("/api/rahasia")).body.code).toBe("not_found");
  expect((await service.call("/api/health", { method: "PUT", body: {} })).body.code).toBe("method_not_allowed");
});
