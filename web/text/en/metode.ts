/** Words of the methods screen: what each number is, and what it is not. */
export const metode = {
  title: "Methods",
  lead: "Every number in Waspada can be followed to the reports it is made of. This page says what a number means and what it does not say.",
  says: "What it says",
  saysNot: "What it does not say",
  how: "How it is computed",
  contents: "Contents",
  riskTitle: "Risk score, 0–100",
  riskHow:
    "The sum of six parts, each from 0 to 1, weighted by the official weights: incidents (the village's rate by gravity and source, older ones fading), spill-over (the same rate of all its neighbours), trend (whether the last 90 days hold more than their share), vulnerability (social indicators), events that are coming up, and recorded potentials. A part without data is named, and its weight is shared out among the others.",
  riskSays:
    "An order: which village deserves a visit first, given the evidence of today. The 90% interval and the interval of the rank show how shaky that order is.",
  riskSaysNot:
    "Not a probability of conflict, and not a forecast. A score of 70 does not mean 70 per cent. A low score of a village that never reports does not mean it is safe.",
  bandsTitle: "AMAN, RAWAN, SANGAT RAWAN, DATA KURANG",
  bandsHow:
    "Safe, prone, very prone, too little data. Fixed edges: 34 and 67. A village that falls changes its band only three points below the edge, so that bands do not flicker; rising counts at once.",
  bandsSays: "A short way to read a score. Every band has a shape as well: ring, diamond, triangle.",
  bandsSaysNot:
    "DATA KURANG is neither zero nor safe: the population is unknown, less than half of the reporting is covered, or the score's interval reaches from AMAN to SANGAT RAWAN.",
  hotspotsTitle: "Gi* hotspots",
  hotspotsHow:
    "Getis–Ord Gi*: the incident rate of a village together with its neighbours against the whole area. The p-value comes from conditional permutation and is corrected for hundreds of tests at once (false discovery rate); an outline is drawn where q < 0.05.",
  hotspotsSays: "Here incidents gather more closely than they would if scattered at random by population.",
  hotspotsSaysNot:
    "It does not say why, nor that other villages are safe: a small cluster or a slightly raised risk cannot be seen with one year's incidents.",
  ratesTitle: "Rates and smoothing",
  ratesHow:
    "Incidents per 10,000 people in the period. Small villages are drawn towards their neighbours (empirical Bayes), with an interval from the Gamma–Poisson distribution.",
  ratesSays: "A comparison of villages that is not decided by a single incident in a small one.",
  ratesSaysNot: "Rates follow the diligence of reporting. An unknown population is not taken as zero; such a village is left out.",
  countsTitle: "Number of incidents and the time line",
  countsHow:
    "Incidents that are reported or verified, by the day they happened. Nil reports count as coverage, not as incidents; rejected and merged ones are not counted.",
  countsSays: "What was reported, where and when.",
  countsSaysNot:
    "A village without recorded incidents may be quiet or may not report. A point known only by its village is drawn around the village's middle, not where it happened.",
  runsTitle: "Run number",
  runsHow:
    "Every assessment is kept whole: inputs, weights, random seed, software version and the date of the data. Its run number stands under every number.",
  runsSays: "The same number can be computed again from the same data.",
  runsSaysNot: "Repeatable does not mean right. That depends on the reports that came in.",
  api: "The full reference for other programs: the Waspada interface",
} as const;
