import { describe, expect, it } from "vitest";
import { gearyC } from "../../../../api/analysis/autocorrelation/gearyC.ts";
import type { GlobalMoments } from "../../../../api/analysis/autocorrelation/globalMoments.ts";
import { rowStandardised } from "../../../../api/analysis/neighbours/weights.ts";
import { hasOutside } from "../../../fixtures/outside.ts";
import { disagreement } from "../reference.ts";
import { jombangResults } from "./jombang.ts";

// R 4.2.2, spdep 1.2-7 on the villages and queen lists of Jombang: geary.test, joincount.test, joincount.multi, moran.test (style B, normality).
describe.skipIf(!hasOutside)("global statistics of Jombang that the shared files do not hold, against spdep", () => {
  if (!hasOutside) return;
  const { rate, weights, binary, autocorrelation } = jombangResults();
  const close = (actual: readonly number[], expected: readonly number[]): void =>
    expect(disagreement(actual, expected, 1e-10)).toBeLessThan(1);
  const spreads = ({ variance, z, varianceNormality, zNormality }: GlobalMoments): number[] => [variance, z, varianceNormality, zNormality];

  it("Geary's C of the rate, with z the other way round", () => {
    const byRow = gearyC(rate, rowStandardised(weights));
    close(
      [byRow.gearyC, ...spreads(byRow)],
      [0.7501052662463026, 0.001681404964480457, -6.094259475847692, 0.001339767452134388, -6.82719633653934],
    );
    const byLink = gearyC(rate, weights);
    close(
      [byLink.gearyC, ...spreads(byLink)],
      [0.7619469232883791, 0.002700033126943102, -4.58130549288449, 0.00157415406167037, -5.999985236059249],
    );
    const { gearyC: value, variance, z } = autocorrelation({ statistic: "geary" });
    close([value!, variance!, z!], [byRow.gearyC, byRow.variance, byRow.z]);
  });

  it("Moran's I of the rate, binary, under normality", () => {
    close([binary.varianceNormality, binary.zNormality], [0.001162079778565625, 6.454859758471104]);
  });

  it("joins of villages with and without events", () => {
    const { joins, black, white } = autocorrelation({ statistic: "join_count" });
    const { blackBlack, blackWhite, whiteWhite } = joins!;
    expect([black, white, blackBlack.observed, blackWhite.observed, whiteWhite.observed]).toEqual([275, 31, 690, 142, 11]);
    close([blackBlack.expected, blackBlack.variance, blackBlack.z], [680.5962712954034, 50.99192654551007, 1.316889639999945]);
    close([blackBlack.expectedFree, blackBlack.varianceFree, blackBlack.zFree], [680.8479110598488, 733.9211288707556, 0.3378279178969694]);
    close([blackWhite.expected, blackWhite.variance, blackWhite.z], [154.0035358405657, 62.02478020193666, -1.524146020775122]);
    close([whiteWhite.expected, whiteWhite.variance, whiteWhite.z], [8.400192864030858, 7.262035208199819, 0.9647437115267874]);
    close([whiteWhite.expectedFree, whiteWhite.varianceFree, whiteWhite.zFree], [8.651832628476228, 16.22510418665651, 0.5829553629616214]);
  });
});
