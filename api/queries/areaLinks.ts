import type { Queryable, Transaction } from "../database/database.ts";
import { setSetting } from "./settings.ts";

export interface StoredLink {
  readonly from: string;
  readonly to: string;
  readonly change: "renamed" | "moved" | "split" | "merged";
  readonly confidence: number;
  readonly share: number;
  readonly shareBack: number;
  readonly evidence: readonly string[];
}

/** What became of the areas of one list in a later one; see api/analysis/crosswalk. */
export interface StoredCrosswalk {
  readonly fromYear: number;
  readonly toYear: number;
  readonly links: readonly StoredLink[];
  readonly unknownBefore: readonly { readonly code: string; readonly candidates: readonly string[] }[];
  readonly unknownAfter: readonly { readonly code: string; readonly candidates: readonly string[] }[];
}

const linkColumns = ["from_year", "to_year", "from_code", "to_code", "change", "confidence", "share", "share_back", "evidence"];

/** Puts these crosswalks in place of all that are stored, and counts the change. */
export async function replaceCrosswalks(transaction: Transaction, crosswalks: readonly StoredCrosswalk[], version: number): Promise<void> {
  await transaction.query("delete from area_link");
  await transaction.query("delete from area_unknown");
  for (const { fromYear, toYear, links, unknownBefore, unknownAfter } of crosswalks) {
    await transaction.copy(
      "area_link",
      linkColumns,
      links.map((link) => [fromYear, toYear, link.from, link.to, link.change, link.confidence, link.share, link.shareBack, link.evidence]),
    );
    await transaction.copy(
      "area_unknown",
      ["from_year", "to_year", "side", "code", "candidates"],
      [
        ...unknownBefore.map(({ code, candidates }) => [fromYear, toYear, "before", code, candidates]),
        ...unknownAfter.map(({ code, candidates }) => [fromYear, toYear, "after", code, candidates]),
      ],
    );
  }
  await setSetting(transaction, "vintages_version", version);
}

/** Where one area of a list is in another. */
export interface ReadLink {
  readonly code: string;
  readonly to: string;
  readonly toName: string | null;
  readonly change: StoredLink["change"];
  readonly confidence: number;
  readonly share: number;
  readonly evidence: string[];
}

export interface ReadArea {
  readonly code: string;
  readonly name: string;
  /** The name under the same code in the other list; null where the code is not there. */
  readonly nameThere: string | null;
  readonly isUnknown: boolean;
  readonly candidates: string[] | null;
}

export interface AreasAsked {
  /** Codes of the list that is read from; null for all. */
  readonly codes: readonly string[] | null;
  /** An area whose inside is asked, itself included; null for all. */
  readonly within: string | null;
  readonly level: "province" | "regency" | "district" | "village" | null;
  /** Only those that changed or are unknown. */
  readonly changesOnly: boolean;
  /** Only those after this code. */
  readonly after: string | null;
  readonly limit: number;
}

const lengths = { province: 2, regency: 5, district: 8, village: 13 } as const;

const askedSql = (own: string): string => `
  v.year = $1
  and ($5::text[] is null or v.code = any ($5::text[]))
  and ($6::text is null or (v.code >= $6::text and v.code < $6::text || '/'))
  and ($7::int is null or length(v.code) = $7)
  and (not $8::boolean or u.code is not null
       or exists (select 1 from area_link where from_year = $2 and to_year = $3 and ${own} = v.code))`;

/** Sides of the stored rows: an earlier list is read forward, a later one back. */
function sides(fromYear: number, toYear: number) {
  const isForward = fromYear < toYear;
  return {
    pair: isForward ? [fromYear, toYear] : [toYear, fromYear],
    side: isForward ? "before" : "after",
    own: isForward ? "from_code" : "to_code",
    other: isForward ? "to_code" : "from_code",
    share: isForward ? "share" : "share_back",
  } as const;
}

const sourceSql = `
  from vintage_area v
  left join area_unknown u on u.from_year = $2 and u.to_year = $3 and u.side = $4 and u.code = v.code`;

/** Areas of a list as they are asked for, codes ascending, and how many there are in all. */
export async function readAreas(
  database: Queryable,
  fromYear: number,
  toYear: number,
  asked: AreasAsked,
): Promise<{ areas: ReadArea[]; matched: number }> {
  const { pair, side, own } = sides(fromYear, toYear);
  const values = [
    fromYear,
    ...pair,
    side,
    asked.codes,
    asked.within,
    asked.level === null ? null : lengths[asked.level],
    asked.changesOnly,
  ];
  const [areas, counted] = [
    await database.query<ReadArea>(
      `select v.code, v.name, there.name as "nameThere", u.code is not null as "isUnknown", u.candidates
         ${sourceSql}
         left join vintage_area there on there.year = $9 and there.code = v.code
        where ${askedSql(own)} and ($10::text is null or v.code > $10)
        order by v.code
        limit $11`,
      [...values, toYear, asked.after, asked.limit],
    ),
    await database.query<{ n: number }>(`select count(*) as n ${sourceSql} where ${askedSql(own)}`, values),
  ];
  return { areas, matched: counted[0]?.n ?? 0 };
}

/** The links of these areas of a list into another, those with the largest share first. */
export async function readLinks(database: Queryable, fromYear: number, toYear: number, codes: readonly string[]): Promise<ReadLink[]> {
  const { pair, own, other, share } = sides(fromYear, toYear);
  return database.query(
    `select l.${own} as code, l.${other} as "to", there.name as "toName", l.change, l.confidence, l.${share} as share, l.evidence
       from area_link l
       left join vintage_area there on there.year = $4 and there.code = l.${other}
      where l.from_year = $1 and l.to_year = $2 and l.${own} = any ($3::text[])
      order by l.${own}, l.${share} desc, l.confidence desc, l.${other}`,
    [...pair, codes, toYear],
  );
}

/** All links of a list into another, and the codes that could not be followed: for reading a whole file. About 10 MB for the nation. */
export async function readAllLinks(
  database: Queryable,
  fromYear: number,
  toYear: number,
): Promise<{ links: ReadLink[]; unknown: { code: string; candidates: string[] }[] }> {
  const { pair, side, own, other, share } = sides(fromYear, toYear);
  return {
    links: await database.query(
      `select ${own} as code, ${other} as "to", null as "toName", change, confidence, ${share} as share, evidence
         from area_link
        where from_year = $1 and to_year = $2
        order by ${own}, ${share} desc, confidence desc, ${other}`,
      pair,
    ),
    unknown: await database.query("select code, candidates from area_unknown where from_year = $1 and to_year = $2 and side = $3", [
      ...pair,
      side,
    ]),
  };
}

/** How many areas of a list changed in each way, and how many are unknown, on the way to another list. */
export async function countChanges(
  database: Queryable,
  fromYear: number,
  toYear: number,
): Promise<{ change: string; level: number; n: number; vanished: number }[]> {
  const { pair, side, own } = sides(fromYear, toYear);
  return database.query(
    `select told.change, length(told.code) as level, count(*) as n,
            count(*) filter (where not exists (select 1 from vintage_area there where there.year = $4 and there.code = told.code)) as vanished
       from (select distinct on (${own}) ${own} as code, change
               from area_link
              where from_year = $1 and to_year = $2
              order by ${own}, share desc) told
      group by told.change, length(told.code)
      union all
     select 'unknown', length(code), count(*), count(*)
       from area_unknown
      where from_year = $1 and to_year = $2 and side = $3
      group by length(code)`,
    [...pair, side, toYear],
  );
}
