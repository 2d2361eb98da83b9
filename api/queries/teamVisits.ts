import type { Queryable } from "../database/database.ts";

/** One visit as calendars and papers tell it. */
export interface TeamVisit {
  readonly id: string;
  readonly sequence: number;
  readonly day: string;
  readonly startsAt: string | null;
  readonly endsAt: string | null;
  readonly status: string;
  readonly villageCode: string;
  readonly villageName: string | null;
  readonly districtName: string | null;
  readonly regencyName: string | null;
  readonly purpose: string | null;
  readonly reason: { readonly id?: string; readonly en?: string } | null;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly changedAt: string;
}

export interface TeamFacts {
  readonly id: string;
  readonly name: string;
  readonly areaCode: string;
  readonly members: readonly { readonly name: string; readonly role: string | null; readonly nip: string | null }[];
}

/** A kept team; null where there is none that the asker may see. */
export async function findTeam(database: Queryable, id: string): Promise<TeamFacts | null> {
  const rows = await database.query<TeamFacts>(
    `select id::text as id, name, area_code as "areaCode", members
       from visit_team
      where id = $1::uuid and withdrawn_at is null`,
    [id],
  );
  return rows[0] ?? null;
}

/** A team's visits of a period (days, `to` exclusive), the earliest first; more than `limit` are not told. Leans on the index by team and day. */
export async function visitsOfTeam(
  database: Queryable,
  team: string,
  { from, to, plan, limit }: { readonly from: string; readonly to: string; readonly plan: string | null; readonly limit: number },
): Promise<TeamVisit[]> {
  return database.query(
    `select v.id::text as id, v.sequence, v.day, v.starts_at as "startsAt", v.ends_at as "endsAt", v.status, v.village_code as "villageCode", village.name as "villageName",
            district.name as "districtName", regency.name as "regencyName", v.purpose, v.reason, ST_X(village.label_point) as lon, ST_Y(village.label_point) as lat,
            coalesce((select max(kept.changed_at) from visit_work_history kept where kept.kind = 'visits' and kept.item_id = v.id), v.recorded_at) as "changedAt"
       from visit v
       left join area village on village.code = v.village_code
       left join area district on district.code = village.district_code
       left join area regency on regency.code = v.regency_code
      where v.team_id = $1::uuid and v.withdrawn_at is null and v.day >= $2::date and v.day < $3::date and ($4::uuid is null or v.plan_id = $4::uuid)
      order by v.day, v.starts_at nulls first, v.position, v.id
      limit $5`,
    [team, from, to, plan, limit],
  );
}

export interface VisitFactsOfPaper {
  readonly id: string;
  readonly day: string;
  readonly startsAt: string | null;
  readonly status: string;
  readonly team: string | null;
  readonly members: TeamFacts["members"] | null;
  readonly villageCode: string;
  readonly villageName: string | null;
  readonly districtName: string | null;
  readonly regencyName: string | null;
  readonly purpose: string | null;
  readonly issue: string | null;
  readonly participants: readonly {
    readonly name: string | null;
    readonly type: string;
    readonly side: string;
    readonly count: number;
    readonly women: number | null;
    readonly youth: number | null;
    readonly heard: boolean | null;
  }[];
  readonly interests: readonly { readonly party: string; readonly side: string; readonly interest: string }[];
  readonly minutes: string | null;
  readonly nextReview: string | null;
}

/** All that papers tell of one visit; null where there is none that the asker may see. */
export async function visitForPaper(database: Queryable, id: string): Promise<VisitFactsOfPaper | null> {
  const rows = await database.query<VisitFactsOfPaper>(
    `select v.id::text as id, v.day, v.starts_at as "startsAt", v.status, v.team, team.members, v.village_code as "villageCode", village.name as "villageName",
            district.name as "districtName", regency.name as "regencyName", v.purpose, v.issue, v.participants, v.interests, v.minutes, v.next_review as "nextReview"
       from visit v
       left join visit_team team on team.id = v.team_id
       left join area village on village.code = v.village_code
       left join area district on district.code = village.district_code
       left join area regency on regency.code = v.regency_code
      where v.id = $1::uuid and v.withdrawn_at is null`,
    [id],
  );
  return rows[0] ?? null;
}

export interface AgreementOfPaper {
  readonly id: string;
  readonly title: string;
  readonly facts: string | null;
  readonly agreedOn: string;
  readonly reviewOn: string | null;
  readonly parties: readonly { readonly type: string; readonly side: string; readonly name: string | null }[];
  readonly items: readonly {
    readonly text: string;
    readonly responsible: string;
    readonly due_on: string | null;
    readonly status: string;
  }[];
}

/** The agreements of a visit, or one of them, in the order in which they were recorded. */
export async function agreementsOfVisit(database: Queryable, visit: string, agreement: string | null): Promise<AgreementOfPaper[]> {
  return database.query(
    `select id::text as id, title, facts, agreed_on as "agreedOn", review_on as "reviewOn", parties, items
       from agreement
      where visit_id = $1::uuid and withdrawn_at is null and ($2::uuid is null or id = $2::uuid)
      order by recorded_at, id`,
    [visit, agreement],
  );
}
