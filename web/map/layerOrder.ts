/** Every layer of the map from the ground up. Nothing is drawn that has no place here. */
export const layerOrder = [
  "land",
  "area-fill",
  "area-hatch",
  "area-dots",
  "districts-fill",
  "districts-hatch",
  "regencies-fill",
  "regencies-hatch",
  "village-lines",
  "district-lines",
  "regency-casing",
  "regency-lines",
  "hover-line",
  "districts-hover",
  "regencies-hover",
  "ring-line",
  // What a person may order otherwise lies between the ring and the selection.
  "density-fill",
  "density-line",
  "scan-casing",
  "scan-line",
  "hotspot-casing",
  "hotspot-line",
  "point-cluster-fill",
  "point-cluster-line",
  "point-cluster-dot",
  "surge-mark",
  "potentials",
  "selected-casing",
  "selected-line",
  "drawn-fill",
  "drawn-line",
  "measure-line",
  "measure-dot",
  "density-label",
  "regency-labels",
  "district-labels",
  "village-labels",
  "scan-label",
] as const;

/** The layers in their order. Throws on one that has no place, on one given twice and on one left out. */
export function inOrder<Layer extends { readonly id: string }>(layers: readonly Layer[]): Layer[] {
  const given = new Map(layers.map((layer) => [layer.id, layer]));
  if (given.size !== layers.length) throw new Error(`a map layer is given twice: ${layers.map((layer) => layer.id).join(", ")}`);
  const stranger = layers.find((layer) => !(layerOrder as readonly string[]).includes(layer.id));
  if (stranger) throw new Error(`map layer ${stranger.id} has no place in the order`);
  return layerOrder.map((id) => {
    const layer = given.get(id);
    if (!layer) throw new Error(`map layer ${id} is missing`);
    return layer;
  });
}
