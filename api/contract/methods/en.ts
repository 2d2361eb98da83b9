import type { MethodCards } from "./card.ts";

/** The method cards in English. */
export const methodsInEnglish: MethodCards = {
  risk: {
    title: "Risk score, 0–100",
    how: "The sum of six parts, each from 0 to 1, weighted by the official weights: incidents (the village's rate by gravity and source, older ones fading), spill-over (the same rate of all its neighbours), trend (whether the last 90 days hold more than their share), vulnerability (social indicators), events that are coming up, and recorded potentials. A part without data is named, and its weight is shared out among the others.",
    says: "An order: which village deserves a visit first, given the evidence of today. The 90% interval and the interval of the rank show how shaky that order is.",
    saysNot:
      "Not a probability of conflict, and not a forecast. A score of 70 does not mean 70 per cent. A low score of a village that never reports does not mean it is safe.",
    refused: "Refused while not one incident has been loaded. A village without a population gets no rank.",
    source: "Clayton & Kaldor 1987; Marshall 1991; Ibrahim & Chen 2000",
  },
  bands: {
    title: "AMAN, RAWAN, SANGAT RAWAN, DATA KURANG",
    how: "Safe, prone, very prone, too little data. Fixed edges: 34 and 67. A village that falls changes its band only three points below the edge, so that bands do not flicker; rising counts at once.",
    says: "A short way to read a score. Every band has a shape as well: ring, diamond, triangle.",
    saysNot:
      "DATA KURANG is neither zero nor safe: the population is unknown, less than half of the reporting is covered, or the score's interval reaches from AMAN to SANGAT RAWAN.",
    refused: "There is a band only where there is a score. Load population and reports, nil reports too, for fewer DATA KURANG.",
    source: "A decision of the office, frozen in the official version",
  },
  counts: {
    title: "Number of incidents and the time line",
    how: "Incidents that are reported or verified, by the day they happened. Nil reports count as coverage, not as incidents; rejected and merged ones are not counted.",
    says: "What was reported, where and when.",
    saysNot:
      "A village without recorded incidents may be quiet or may not report. A point known only by its village is drawn around the village's middle, not where it happened.",
    refused: "Never refused; the context issues (501–504) are counted only when asked for.",
    source: "A plain count",
  },
  aggregates: {
    title: "Aggregates outside the team",
    how: "Incidents are counted by kecamatan and month, in one fixed table for each kabupaten and reporting period. Rows that are too small are merged, and a rectangle of cells is kept back until no sum and no difference shows fewer than 5 incidents or 3 reporters. The band of a kecamatan is that of most of its villages.",
    says: "Numbers that are shown are the true counts, and so are sums of them.",
    saysNot: "Suppressed is neither zero nor unknown: something is there that is too little to be told, or that had to be covered with it.",
    refused: "Villages, a single issue, status or form cannot be asked for, since two answers would then differ by a few incidents.",
    source: "Hundepool et al. 2012; Gusfield 1988; Dobra & Fienberg 2000",
  },
  rates: {
    title: "Rates and smoothing",
    how: "Incidents per 10,000 people in the period. Small villages are drawn towards their neighbours (empirical Bayes; the village itself belongs to its neighbourhood), with an interval from the Gamma–Poisson distribution. The standardised ratio sets incidents against those expected from the number of people.",
    says: "A comparison of villages that is not decided by a single incident in a small one. How far each was smoothed is shown.",
    saysNot: "Rates follow the diligence of reporting. A smoothed rate is not an observed one: narrow peaks are flattened too.",
    refused:
      "A village with unknown or zero population has no rate and is left out of the totals; load the population of the nearest year.",
    source: "Marshall 1991; Clayton & Kaldor 1987",
  },
  weights: {
    title: "Who neighbours whom",
    how: "Side (rook): at most 10 m apart and at least 100 m of border within 30 m of each other. Side or corner (queen, the default): those that meet in one point as well. Real boundaries gape or overlap by metres; asking for the very same line loses neighbours. Other choices: k nearest, distance, kernel, or a list of your own (.gal, .gwt). Villages across the border count.",
    says: "The links that every neighbour statistic uses, those added by the tolerance included.",
    saysNot: "Side by side on the map does not mean that people meet: rivers and hills are not in administrative borders.",
    refused:
      "A village without neighbours (an island) is named and gets no result from neighbour statistics. Load the boundaries around it, or use k nearest.",
    source: "Cliff & Ord 1981",
  },
  autocorrelation: {
    title: "Autocorrelation of the whole",
    how: "Moran's I: are villages side by side more alike than with rates shuffled over the villages? The empirical Bayes version allows for different populations. Geary's C looks at differences between neighbours; join counts look at whether there was any incident. The p-value comes from permutation.",
    says: "One number for the whole area: gathered, random, or alternating.",
    saysNot: "It does not show where. An area that is high in one corner and one with even spots may have the same value.",
    refused: "Refused with fewer than three villages with data or without neighbours. Where all values are equal there is no result.",
    source: "Moran 1950; Cliff & Ord 1981; Assunção & Reis 1999",
  },
  hotspots: {
    title: "Gi* hotspots and Local Moran",
    how: "Getis–Ord Gi*: the incident rate of a village together with its neighbours against the whole area. Local Moran: are a village and its neighbours both high, both low, or opposite? Two-sided p-values from 99,999 conditional permutations, ties counted in full, then corrected for hundreds of tests at once (false discovery rate); an outline is drawn where q < 0.05.",
    says: "Here incidents gather more closely than with rates shuffled over the villages. Every result names the smallest risk that could be seen with this many incidents.",
    saysNot:
      "It does not say why, nor that other villages are safe: a small cluster or a slightly raised risk cannot be seen with one year's incidents.",
    refused:
      "Refused when the permutations are too few for the correction (the number needed is named), with fewer than three villages with data, or without neighbours. Islands and villages without population: no result.",
    source: "Getis & Ord 1992; Ord & Getis 1995; Anselin 1995; Benjamini & Hochberg 1995; Caldas de Castro & Singer 2006",
  },
  exact: {
    title: "Exact local risk",
    how: "With the same risk everywhere, the incidents of a village and its neighbours are binomial by their share of the people. So the tail is computed exactly, without permutation and without a normal approximation, with the relative risk and its 95% interval. Where incidents come in bunches (neighbours differ more than single incidents would) a beta-binomial is used, and that is said.",
    says: "Whether there are more incidents around this village than its share of the people, and how many times more.",
    saysNot: "It cannot tell a risky village from one that reports more diligently, nor which village of the neighbourhood is the cause.",
    refused: "Refused when there is no incident in the period and filter. Choose a longer period.",
    source: "Clopper & Pearson 1934; Przyborowski & Wilenski 1940",
  },
  "space-time-scan": {
    title: "Space-time scan",
    how: "A window of changing centre, size and time span moves over the whole area; the one that chance explains worst is chosen by its likelihood ratio and compared with the best windows of 999 random maps. The Poisson model uses population; the space-time permutation model only the incidents. Zones are circles or grow from neighbour to neighbour.",
    says: "Which cluster, since when, how many times the risk; its p-value allows for all windows that were tried. Prospective: once in how many days chance makes a cluster this strong.",
    saysNot: "The cluster's edge is uncertain: a circle takes in quiet villages and misses long shapes. Not a forecast.",
    refused: "Refused with too few incidents or with unknown population (Poisson model); use the permutation model or a longer period.",
    source: "Kulldorff 1997, 2001; Kulldorff et al. 2005; Tango & Takahashi 2005; Abrams et al. 2010",
  },
  "emerging-hotspots": {
    title: "Emerging hotspots",
    how: "Gi* in every time step, and then its trend by Mann–Kendall. From both every village gets a class: new, consecutive, intensifying, persistent, diminishing, sporadic, oscillating, or historical.",
    says: "Whether a hotspot has just appeared, stays, or fades.",
    saysNot: "With rare incidents most steps are empty; the same class may come from a handful of incidents. Not a forecast.",
    refused: "Refused with too few steps to test a trend; choose a longer period or shorter steps.",
    source: "Mann 1945; Kendall 1975; Sen 1968; Ord & Getis 1995",
  },
  surge: {
    title: "Weekly surge",
    how: "The weekly number of a kecamatan against the band expected from like weeks of earlier years (quasi-Poisson regression with trend and season; earlier surges weigh little).",
    says: "This week is busier than usual at this time of the year.",
    saysNot: "It does not say why. Reporting all at once after a training looks the same as real trouble.",
    refused: "Refused with less than a year of history; with a short one the model has no season, and that is said.",
    source: "Farrington et al. 1996; Noufaily et al. 2013",
  },
  "near-repeat": {
    title: "Near repeat",
    how: "Knox table: all pairs of incidents by the distance and the days between them, against dates shuffled over the same places.",
    says: "Whether an incident is often followed by another nearby, how far and for how long.",
    saysNot: "It does not prove that one causes the other. Several reports of one event look like repeats.",
    refused: "Refused with too few pairs of incidents. How many are known only by their village is said.",
    source: "Knox 1964; Ratcliffe 2009",
  },
  clusters: {
    title: "Point clusters",
    how: "DBSCAN: incidents with enough neighbours within the radius are cores, cores near each other are one cluster. ST-DBSCAN adds a distance in time; HDBSCAN chooses the density itself.",
    says: "Where incidents crowd together, and which stand alone.",
    saysNot:
      "Not a test: busy places always cluster, and there is no p-value. Incidents put on one village's middle cluster because of how they were recorded.",
    refused: "Refused with fewer incidents than minPoints.",
    source: "Ester et al. 1996; Birant & Kut 2007; Campello et al. 2013",
  },
  density: {
    title: "Incident density",
    how: "Quartic kernel, corrected at the edge of the area, in incidents per km². The bandwidth is fixed or adaptive and always named.",
    says: "Where incidents are densest by area.",
    saysNot: "Not risk: a town is always densest, because of its people. The shape changes with the bandwidth.",
    refused: "Refused with too many cells; the cell size that would do is named.",
    source: "Diggle 1985; Silverman 1986; Abramson 1982",
  },
  "self-test": {
    title: "Self-test",
    how: "Invented maps with the same villages, people and number of incidents get a cluster of known risk and are examined in exactly the same way. Without a cluster: how often there is a false alarm. With one: how often it is found.",
    says: "The smallest risk that can be seen with a probability of 80 per cent in this area with this many incidents, and the rate of false alarms as measured.",
    saysNot: "Real clusters are not just like invented ones. The numbers hold for clusters of the sizes named.",
    refused: "Refused where the request that it tests is itself refused.",
    source: "Simulation; intervals after Clopper & Pearson 1934",
  },
  "visit-plan": {
    title: "Visit plan",
    how: "What a visit is worth: risk score × how far talking can help at the stage of the dispute × weight of people × time since the last contact. A search makes the routes of all teams so that the sum is as great as it can be within hours, opening windows and skills; a share of the visits is set aside for the villages least known. With the plan comes a proven upper bound: no other plan can be worth more.",
    says: "Who goes where, when and why; what each visit displaced; what was left out and for what reason; and how many per cent the plan can be from the best one at most.",
    saysNot:
      "A visit's worth is not a forecast of its effect: nobody has measured what a visit changes here. The figures for help by stage are set by judgement. Travel times from distance know of no broken bridge.",
    refused:
      "Wishes that cannot be met are named one by one and the rest is planned. Refused with more than 2,000 villages, or while not one incident has been loaded.",
    source: "Chao, Golden & Wasil 1996; Vansteenwegen et al. 2011; Christiaens & Vanden Berghe 2020; Held & Karp 1971",
  },
  "visit-effect": {
    title: "Effect of visits",
    how: "Every village visited is set beside up to three that were not visited then and had the same past: incidents of several windows before, people, neighbours, score, and the number to be expected from all these (learned from villages left alone, together with the effect: incidents behind visits are made up to what there would have been without). The effect is the one that leaves the visited no further from that number than the others; whether chance gives as much is tried by drawing who of each set was visited, for no effect and for every other one: the interval holds those that chance explains. The same is done at dates when nothing happened, and in invented histories with a known effect.",
    says: "Membantu (visits help), tidak terlihat (no effect seen, and a halving would have been), or tidak dapat dikatakan (cannot be told) with the reasons; the interval, and the smallest reduction that could have been found.",
    saysNot:
      "Before against after is shown only because it misleads: visits go where it was bad, and much of that passes by itself. It counts recorded incidents, so visits that make people report more look worse than they are; and it knows only reasons for a visit that the records show. In invented histories of Jombang the interval held the truth in 95 to 98 of 100; the reduction told was a tenth smaller than the true one (44 for 50%), so read it as rather too small.",
    refused:
      "Says that it cannot tell with fewer than 10 comparable visits or 20 incidents, where most visited villages are like no other, or where the dates without visits show an effect too. Only visits recorded as done count, the first in 180 days.",
    source: "Rosenbaum 2002; Robins 1994; Li, Propert & Rosenbaum 2001; Hansen 2008; Bühlmann 1967; Daw & Hatfield 2018",
  },
  places: {
    title: "Incidents whose place is uncertain",
    how: "An incident may have several candidate villages with probabilities. The default takes the likeliest. Or every candidate counts by its probability, or the incident is left out. The exact local risk uses twenty draws of the places.",
    says: "How many incidents had several candidates, and what was done with them, stands in every result.",
    saysNot: "Candidates' probabilities are estimates; a result that changes when this choice changes should not be used alone.",
    refused: "The candidates' probabilities must not add up to more than one, and the villages must exist.",
    source: "Rubin 1987",
  },
  runs: {
    title: "Run number",
    how: "Every assessment is kept whole: inputs, weights, random seed, software version and the date of the data. Its run number stands under every number.",
    says: "The same number can be computed again, bit for bit, from the incidents and indicators as they were known then.",
    saysNot:
      "Repeatable does not mean right. That depends on the reports that came in. Boundaries are those of today; where they changed, the replay says so.",
    refused: "A run that holds villages outside your area is not shown.",
    source: "—",
  },
};
