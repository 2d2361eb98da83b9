import { expect, it } from "vitest";
import { driveProcesses } from "../../scripts/drive/processes/drive.ts";

// A short slice of `npm run drive:processes`: a primary, a replica and two processes of the service, all real.
it("two processes on a primary and a replica that lags and stops lose nothing, show every own write and break only what a killed one held", async () => {
  const { found, lost, doubled, faults, killedAtMs } = await driveProcesses({
    seconds: 5,
    ratePerSecond: 2,
    processes: 2,
    connections: 6,
    villages: 12,
    say: () => undefined,
  });
  expect(faults).toEqual([]);
  expect([lost, doubled, found.stale]).toEqual([0, 0, []]);
  expect(killedAtMs).toHaveLength(2);
  expect(found.acknowledged.length).toBeGreaterThan(3);
  expect(found.reads).toBeGreaterThan(found.acknowledged.length);
}, 300_000);
