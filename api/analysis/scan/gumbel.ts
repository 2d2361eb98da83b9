const eulerMascheroni = 0.5772156649015329;

/**
 * The chance that a maximum is at least `value`, by a Gumbel distribution fitted to simulated maxima by their mean and standard deviation.
 *
 * Why: 999 simulations cannot tell p-values below 0.001 apart; their maxima follow an extreme-value distribution whose tail can. It is a fit, not a count: good to a
 * few per cent at 0.01 and to about a factor of two at 1e-5, and shown beside the counted p-value, never in its place.
 * maxima: at least two that differ; NaN otherwise. Result in (0, 1]. Source: Abrams, Kulldorff & Kleinman 2010, doi:10.1186/1476-072X-9-61.
 */
export function gumbelTail(value: number, maxima: Float64Array): number {
  const n = maxima.length;
  const mean = maxima.reduce((sum, maximum) => sum + maximum, 0) / n;
  const variance = maxima.reduce((sum, maximum) => sum + (maximum - mean) ** 2, 0) / (n - 1);
  if (!(variance > 0)) return Number.NaN;
  const scale = Math.sqrt(6 * variance) / Math.PI;
  const location = mean - eulerMascheroni * scale;
  return -Math.expm1(-Math.exp(-(value - location) / scale));
}
