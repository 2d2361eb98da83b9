/** Words of the aggregated map, for people outside the team. */
export const agregat = {
  title: "Aggregated map by kecamatan",
  says: "You see aggregates: counts and bands by kecamatan and reporting period, no incidents, villages, actors or reporters.",
  least:
    "Cells with fewer than {incidents} incidents or {reporters} reporters are suppressed, and so are other numbers whose difference would show them. Suppressed is not zero.",
  area: "Regency or city",
  period: "Reporting period",
  shown: "Coloured by",
  byCount: "Number of incidents",
  byBand: "Band",
  bandSays: "The band that most of its villages have",
  district: "Kecamatan",
  count: "Incidents",
  band: "Band",
  total: "Whole regency or city",
  none: "Not assessed yet",
  map: "Map of the kecamatan of {area}",
  loading: "Loading aggregates…",
} as const;
