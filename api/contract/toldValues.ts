/** What stands beside every answer to people outside the team, in both languages. */
export const toldNote = (least: { readonly incidents: number; readonly reporters: number }): string =>
  `Agregat per kecamatan dan bulan. Sel dengan kurang dari ${least.incidents} kejadian atau ${least.reporters} pelapor disamarkan, juga yang dapat dihitung dari selisih; disamarkan bukan nol dan bukan tidak diketahui. / Aggregates by kecamatan and month. Cells with fewer than ${least.incidents} incidents or ${least.reporters} reporters are suppressed, and so is what could be reckoned by subtraction; suppressed is neither zero nor unknown.`;

/** How a value of a column stands, in a column of its own beside it. */
export type ToldState = "told" | "suppressed" | "unknown";
