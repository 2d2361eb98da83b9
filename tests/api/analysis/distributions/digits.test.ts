import { describe, expect, it } from "vitest";
import { betaAbove, betaBelow, betaQuantile } from "../../../../api/analysis/distributions/beta.ts";
import { binomialAt, binomialAtLeast, binomialAtMost } from "../../../../api/analysis/distributions/binomial.ts";
import { binomialInterval } from "../../../../api/analysis/distributions/binomialInterval.ts";
import { gammaAbove, gammaBelow, gammaQuantile, logGamma } from "../../../../api/analysis/distributions/gamma.ts";
import { complementaryError, normalQuantile } from "../../../../api/analysis/distributions/normal.ts";

const off = (actual: number, expected: number): number => Math.abs(actual / expected - 1);
const infinite = Number.POSITIVE_INFINITY;

// mpmath 1.3 with 40 digits: gammainc, betainc, loggamma, erfc and its inverse. R 4.2.2: qgamma, qbeta, binom.test.
describe("distributions, digit by digit", () => {
  it.each([
    [0.02, 0.0002, 0.8528860771865839, 0.14711392281341604],
    [0.02, 0.012, 0.9254519243429489, 0.0745480756570511],
    [0.02, 0.01998, 0.9347914207294955, 0.06520857927050451],
    [0.02, 0.02002, 0.9348280870198251, 0.06517191298017484],
    [0.02, 0.034, 0.944527372699934, 0.05547262730006593],
    [0.02, 0.12, 0.9670811074017014, 0.032918892598298645],
    [0.5, 0.005, 0.07965567455405796, 0.920344325445942],
    [0.5, 0.3, 0.5614219739190002, 0.4385780260809999],
    [0.5, 0.4995, 0.6824474003666765, 0.3175525996333235],
    [0.5, 0.5005, 0.6829313419367001, 0.3170686580632998],
    [0.5, 0.85, 0.8077120228884802, 0.19228797711151985],
    [0.5, 3, 0.9856941215645704, 0.01430587843542964],
    [1, 0.01, 0.009950166250831947, 0.9900498337491681],
    [1, 0.6, 0.45118836390597356, 0.5488116360940264],
    [1, 0.999, 0.631752495386337, 0.3682475046136629],
    [1, 1.001, 0.6324882543913064, 0.3675117456086936],
    [1, 1.7, 0.8173164759472653, 0.18268352405273466],
    [1, 6, 0.9975212478233336, 0.0024787521766663585],
    [3.7, 0.037, 3.171753997805978e-7, 0.9999996828246002],
    [3.7, 2.22, 0.23424331575274304, 0.765756684247257],
    [3.7, 3.6963, 0.5684222293378325, 0.4315777706621675],
    [3.7, 3.7037, 0.5699228908263829, 0.430077109173617],
    [3.7, 6.29, 0.9007083735500968, 0.09929162644990315],
    [3.7, 22.2, 0.9999997326005213, 2.6739947872473794e-7],
    [40, 0.4, 1.0029830936151899e-64, 1],
    [40, 24, 0.0017342935582256344, 0.9982657064417744],
    [40, 39.96, 0.5185097365101797, 0.4814902634898203],
    [40, 40.04, 0.5235454677710591, 0.4764545322289409],
    [40, 68, 0.9999047068079988, 9.529319200121775e-5],
    [40, 240, 1, 2.315147821454696e-58],
    [900, 540, 1.592359722113862e-45, 1],
    [900, 899.1, 0.4924613685137405, 0.5075386314862594],
    [900, 900.9, 0.516392107404497, 0.483607892595503],
    [900, 1530, 1, 1.189858484755464e-68],
  ])("a gamma variable of shape %f is below %f with probability %f, above it with %f", (shape, x, below, above) => {
    expect(off(gammaBelow(shape, x), below)).toBeLessThan(2e-12);
    expect(off(gammaAbove(shape, x), above)).toBeLessThan(2e-12);
  });

  it.each([
    [0.5, 0.5, 0.1, 0.20483276469913345, 0.7951672353008665],
    [0.5, 0.5, 0.45, 0.4681157195707401, 0.53188428042926],
    [0.5, 0.5, 0.55, 0.53188428042926, 0.46811571957074005],
    [0.3, 7, 0.00821917808219178, 0.460757970915268, 0.539242029084732],
    [0.3, 7, 0.036986301369863014, 0.6961476247142144, 0.30385237528578557],
    [0.3, 7, 0.045205479452054796, 0.7314696247459789, 0.2685303752540211],
    [0.3, 7, 0.09041095890410959, 0.8510708965416006, 0.14892910345839935],
    [2, 3, 0.08, 0.03442688, 0.96557312],
    [2, 3, 0.36, 0.45474048, 0.54525952],
    [2, 3, 0.44, 0.59257088, 0.40742912],
    [2, 3, 0.88, 0.99371008, 0.006289919999999999],
    [30, 4, 0.17647058823529413, 7.81834120048151e-20, 1],
    [30, 4, 0.7941176470588235, 0.06961587370509983, 0.9303841262949002],
    [30, 4, 0.9705882352941176, 0.9844904021331142, 0.015509597866885761],
    [120, 380, 0.048, 7.829361467993409e-49, 1],
    [120, 380, 0.216, 0.10229093309979524, 0.8977090669002048],
    [120, 380, 0.264, 0.8938649304468517, 0.10613506955314832],
    [120, 380, 0.528, 1, 7.92804269508771e-40],
    [1.5, 2500, 0.00011992804317409555, 0.10350722404330208, 0.896492775956698],
    [1.5, 2500, 0.00053967619428343, 0.5596672029558599, 0.44033279704414],
    [1.5, 2500, 0.0006596042374575255, 0.652279298272523, 0.34772070172747704],
    [1.5, 2500, 0.001319208474915051, 0.9142388559471546, 0.08576114405284546],
  ])("a beta(%f, %f) variable is below %f with probability %f, above it with %f", (a, b, x, below, above) => {
    expect(off(betaBelow(a, b, x), below)).toBeLessThan(2e-12);
    expect(off(betaAbove(a, b, x), above)).toBeLessThan(2e-12);
  });

  it.each([
    [1e-5, 11.512919692895826],
    [0.02, 3.900804516098376],
    [0.4, 0.7966778177017837],
    [1.3, -0.10817480950786047],
    [2.6, 0.35741186354897986],
    [7.25, 7.0521854507385395],
    [45.5, 127.21782467361173],
    [3000.125, 21017.019263193928],
    [10000000, 151180949.3694739],
  ])("the logarithm of the gamma function at %f is %f", (x, expected) => {
    expect(off(logGamma(x), expected)).toBeLessThan(x < 0.01 ? 5e-13 : 5e-14);
  });

  it.each([
    [-3.2, 1.9999939742388482],
    [-0.3, 1.3286267594591274],
    [0.1, 0.887537083981715],
    [0.46875, 0.507386526782062],
    [0.47, 0.5062549491139179],
    [1.5, 0.033894853524689274],
    [2.75, 0.00010062192211963683],
    [4, 1.541725790028002e-8],
    [4.01, 1.4196939421371052e-8],
    [9.3, 1.653244184030135e-39],
    [26.5, 2.2109076642637343e-307],
    [-5, 1.9999999999984626],
    [-0.46876, 1.4926225311068466],
  ])("the complementary error function at %f is %f", (x, expected) => {
    expect(off(complementaryError(x), expected)).toBeLessThan(2e-15 * Math.max(1, x * x));
  });

  it.each([
    [1e-250, -33.79958617269484],
    [1e-9, -5.9978070150076865],
    [0.0013, -3.0114537584997843],
    [0.02, -2.053748910631823],
    [0.2, -0.8416212335729142],
    [0.4999, -0.00025066283008800747],
    [0.61, 0.27931903444745415],
    [0.97, 1.8807936081512506],
    [0.9999999, 5.199337582290661],
  ])("the normal quantile of %f is %f", (probability, expected) => {
    expect(off(normalQuantile(probability), expected)).toBeLessThan(5e-14 / Math.min(1, Math.abs(expected)));
  });

  it.each([
    [0.02, 0.001, 5.706812442247511e-151],
    [0.02, 0.3, 4.09690916842414e-27],
    [0.02, 0.5, 5.068667656480197e-16],
    [0.02, 0.8, 8.145099932331466e-6],
    [0.02, 0.999, 2.0063208017766105],
    [0.02, 0.99999, 5.757097020541208],
    [0.3, 1e-12, 6.972699096409354e-41],
    [0.3, 0.001, 6.972699096783333e-11],
    [0.3, 0.3, 0.012726657769948703],
    [0.3, 0.5, 0.07313113586695189],
    [0.3, 0.8, 0.46007388698785107],
    [0.3, 0.999, 4.618936042791334],
    [0.3, 0.99999, 8.823163326468912],
    [1, 1e-12, 1.0000000000005e-12],
    [1, 0.001, 0.0010005003335835335],
    [1, 0.3, 0.3566749439387324],
    [1, 0.5, Math.LN2],
    [1, 0.8, 1.6094379124341007],
    [1, 0.999, 6.907755278982136],
    [1, 0.99999, 11.51292546497478],
    [2.5, 1e-12, 2.5623217484152678e-5],
    [2.5, 0.001, 0.10510630131460959],
    [2.5, 0.3, 1.4999540663799533],
    [2.5, 0.5, 2.175730095547763],
    [2.5, 0.8, 3.6446380633244813],
    [2.5, 0.999, 10.257502826216438],
    [2.5, 0.99999, 15.428094970222961],
    [17, 1e-12, 1.5384922103764116],
    [17, 0.001, 7.028349394674142],
    [17, 0.3, 14.621026808696689],
    [17, 0.5, 16.667853683739608],
    [17, 0.8, 20.337824717541228],
    [17, 0.999, 32.62360873047122],
    [17, 0.99999, 40.566270743756924],
    [400, 1e-12, 275.03213582287106],
    [400, 0.001, 341.0332264935071],
    [400, 0.3, 389.2752631489452],
    [400, 0.5, 399.6667160944644],
    [400, 0.8, 416.7278744393539],
    [400, 0.999, 464.66446017322374],
    [400, 0.99999, 491.09055054050503],
    [25000, 1e-12, 23903.858884599376],
    [25000, 0.001, 24514.239815691835],
    [25000, 0.3, 24916.843950894832],
    [25000, 0.5, 24999.6666674568],
    [25000, 0.8, 25132.97384689284],
    [25000, 0.999, 25491.459842736353],
    [25000, 0.99999, 25680.07653796138],
  ])("the gamma quantile of shape %f at %f is %f", (shape, probability, expected) => {
    expect(off(gammaQuantile(shape, probability), expected)).toBeLessThan(shape < 0.1 ? 1e-9 : 1e-11);
  });

  it.each([
    [0.5, 0.5, 1e-10, 2.4674011002723406e-20],
    [0.5, 0.5, 0.02, 0.000986635785864219],
    [0.5, 0.5, 0.5, 0.4999999999999999],
    [0.5, 0.5, 0.9, 0.9755282581475768],
    [0.5, 0.5, 0.9999, 0.9999999753259892],
    [0.05, 2, 1e-10, 3.768894828730223e-201],
    [0.05, 2, 0.02, 3.9519726639303986e-35],
    [0.05, 2, 0.5, 3.594299429775793e-7],
    [0.05, 2, 0.9, 0.047965166123813296],
    [0.05, 2, 0.9999, 0.9394804556251595],
    [3, 1, 1e-10, 0.00046415888336127784],
    [3, 1, 0.02, 0.2714417616594907],
    [3, 1, 0.5, 0.7937005259840998],
    [3, 1, 0.9, 0.9654893846056298],
    [3, 1, 0.9999, 0.9999666655554938],
    [20, 500, 1e-10, 0.005934606020234726],
    [20, 500, 0.02, 0.023123902140309863],
    [20, 500, 0.5, 0.03787095719944144],
    [20, 500, 0.9, 0.0495753438095653],
    [20, 500, 0.9999, 0.07738884915503141],
    [4000, 2, 1e-10, 0.9934389452608556],
    [4000, 2, 0.02, 0.9985427646283378],
    [4000, 2, 0.5, 0.9995805536813873],
    [4000, 2, 0.9, 0.9998670725493525],
    [4000, 2, 0.9999, 0.9999964481408578],
    [1, 0.2, 1e-10, 4.999999999e-10],
    [1, 0.2, 0.02, 0.09607920319999999],
    [1, 0.2, 0.5, 0.96875],
    [1, 0.2, 0.9, 0.99999],
  ])("the beta(%f, %f) quantile at %f is %f", (a, b, probability, expected) => {
    expect(off(betaQuantile(a, b, probability), expected)).toBeLessThan(1e-10);
  });

  it.each([
    [0, 10, 0, 0.30849710781876083, 0, 0.20567176527571862],
    [3, 10, 0.0667395111777345, 0.6524528500599973, 0.11582527802976293, 0.5517308323835991],
    [10, 10, 0.6915028921812392, 1, 0.7943282347242814, 1],
    [1, 2000, 1.2658823868557902e-5, 0.0027826398346589474, 5.2678870248496827e-5, 0.0019434556009905242],
  ])("%d of %d: the exact interval is R's at 95%% and at 80%%", (successes, trials, lower, upper, lower80, upper80) => {
    const usual = binomialInterval(successes, trials);
    const narrow = binomialInterval(successes, trials, 0.8);
    for (const [actual, expected] of [
      [usual.lower, lower],
      [usual.upper, upper],
      [narrow.lower, lower80],
      [narrow.upper, upper80],
    ] as const)
      expect(Math.abs(actual - expected)).toBeLessThan(1e-10 * expected + 1e-300);
  });
});

describe("distributions at their ends", () => {
  it("a gamma variable is never below 0 and always below infinity", () => {
    expect([gammaBelow(2, 0), gammaAbove(2, 0), gammaBelow(2, infinite), gammaAbove(2, infinite)]).toEqual([0, 1, 1, 0]);
    expect([gammaQuantile(2, 0), gammaQuantile(2, 1)]).toEqual([0, infinite]);
    expect(gammaQuantile(1e-3, 1e-4)).toBe(0);
  });

  it("a beta variable is never below 0 and always below 1", () => {
    expect([betaBelow(2, 3, 0), betaBelow(2, 3, 1), betaAbove(2, 3, 0), betaAbove(2, 3, 1)]).toEqual([0, 1, 1, 0]);
    expect([betaQuantile(2, 3, 0), betaQuantile(2, 3, 1)]).toEqual([0, 1]);
  });

  it("the middle of the normal is exactly 0 and far out nothing is left", () => {
    expect(normalQuantile(0.5)).toBe(0);
    expect([complementaryError(0), complementaryError(28), complementaryError(-28)]).toEqual([1, 0, 2]);
  });

  it("a share of 0 or 1 leaves one outcome", () => {
    expect([0, 1, 5].map((x) => binomialAt(x, 5, 0))).toEqual([1, 0, 0]);
    expect([0, 4, 5].map((x) => binomialAt(x, 5, 1))).toEqual([0, 0, 1]);
    expect([binomialAt(-1, 5, 0.5), binomialAt(6, 5, 0.5)]).toEqual([0, 0]);
    expect(binomialAt(0, 5, 0.5)).toBeCloseTo(1 / 32, 14);
    expect(binomialAt(5, 5, 0.5)).toBeCloseTo(1 / 32, 14);
    expect([binomialAtMost(5, 5, 0.5), binomialAtMost(-1, 5, 0.5), binomialAtLeast(6, 5, 0.5), binomialAtLeast(0, 5, 0.5)]).toEqual([
      1, 0, 0, 1,
    ]);
    expect(binomialAtLeast(5, 5, 0.5)).toBeCloseTo(1 / 32, 14);
    expect(binomialAtLeast(1, 5, 0.5)).toBeCloseTo(31 / 32, 14);
    expect(binomialAtMost(4, 5, 0.5)).toBeCloseTo(31 / 32, 14);
    expect(binomialAtMost(0, 5, 0.5)).toBeCloseTo(1 / 32, 14);
  });

  it.each([
    ["gamma below, shape 0", gammaBelow(0, 1)],
    ["gamma below, x under 0", gammaBelow(1, -1)],
    ["gamma above, shape 0", gammaAbove(0, 1)],
    ["gamma above, x under 0", gammaAbove(1, -1)],
    ["gamma quantile, shape 0", gammaQuantile(0, 0.5)],
    ["gamma quantile, probability under 0", gammaQuantile(1, -0.1)],
    ["gamma quantile, probability over 1", gammaQuantile(1, 1.1)],
    ["gamma below, shape 0, at 0", gammaBelow(0, 0)],
    ["gamma below, no number", gammaBelow(2, Number.NaN)],
    ["gamma above, no number", gammaAbove(2, Number.NaN)],
    ["beta below, a 0, at 0", betaBelow(0, 1, 0)],
    ["beta below, b 0, at 1", betaBelow(1, 0, 1)],
    ["beta below, no number", betaBelow(1, 2, Number.NaN)],
    ["beta below, a 0", betaBelow(0, 1, 0.5)],
    ["beta below, b 0", betaBelow(1, 0, 0.5)],
    ["beta below, x under 0", betaBelow(1, 1, -0.5)],
    ["beta below, x over 1", betaBelow(1, 1, 1.5)],
    ["beta quantile, a 0", betaQuantile(0, 1, 0.5)],
    ["beta quantile, b 0", betaQuantile(1, 0, 0.5)],
    ["beta quantile, probability under 0", betaQuantile(1, 1, -0.5)],
    ["beta quantile, probability over 1", betaQuantile(1, 1, 1.5)],
    ["logarithm of gamma at 0", logGamma(0)],
    ["logarithm of gamma under 0", logGamma(-0.5)],
    ["normal quantile, probability under 0", normalQuantile(-0.1)],
    ["normal quantile, probability over 1", normalQuantile(1.1)],
  ])("%s: no answer", (_, value) => {
    expect(value).toBeNaN();
  });
});
