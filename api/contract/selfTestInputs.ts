import { z } from "zod";
import { seed } from "./questionInputs.ts";

/** Tests the request it is given, `inputs` being those of `process`, with simulated incidents in place of the reported ones. */
export const SelfTestInputs = z.strictObject({
  process: z.enum(["hotspots", "space-time-scan"]).default("hotspots"),
  inputs: z.record(z.string(), z.unknown()).default({}),
  runs: z.number().int().min(20).max(10_000).default(200),
  seed,
});
