import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { driveMatrix, makeWorld } from "../../scripts/drive/access/drive.ts";
import { cellsOf, type World } from "../../scripts/drive/access/matrix.ts";
import { driveProperties } from "../../scripts/drive/access/properties.ts";
import { adminToken, startTestService, type TestService } from "../fixtures/service.ts";

const folder = mkdtempSync(join(tmpdir(), "waspada-keys-"));
let service: TestService;
let world: World;
beforeAll(async () => {
  service = await startTestService("postgres", { IDENTITY_KEY_FILE: join(folder, "keys.json") });
  world = await makeWorld({ url: service.url, token: adminToken });
}, 400_000);
afterAll(async () => {
  await service?.remove();
  rmSync(folder, { recursive: true, force: true });
});

test("the matrix has more than 2,000 cells", () => {
  expect(cellsOf(world).length).toBeGreaterThan(2000);
});

// A slice of `npm run drive:access`, which asks all of them and 20,000 random questions.
test("each route lets in whom its rule says, and what one may not see is as if it were not there", { timeout: 400_000 }, async () => {
  const cells = cellsOf(world).filter((_, index) => index % 4 === 0);
  expect(await driveMatrix(world, cells)).toEqual([]);
});

test("random questions bring out nothing protected and nothing of another kabupaten", { timeout: 400_000 }, async () => {
  expect(await driveProperties(world, { url: service.url, token: adminToken }, { runs: 300, seed: 5 })).toEqual([]);
});
