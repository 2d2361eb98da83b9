import type { Queryable } from "../database/database.ts";

/** Villages whose name holds the text (spaces and punctuation aside) or its first word, or whose code begins with it. */
export async function villagesNamedLike(
  database: Queryable,
  asked: { readonly code: string } | { readonly closed: string; readonly firstWord: string },
  within: string | null,
  scope: readonly string[] | null,
): Promise<{ code: string; name: string; district_name: string | null; regency_name: string | null }[]> {
  const code = "code" in asked ? asked.code : null;
  const closed = "closed" in asked ? asked.closed : null;
  const firstWord = "firstWord" in asked ? asked.firstWord : null;
  return database.query(
    `select a.code, a.name, district.name as district_name, regency.name as regency_name
       from area a
       left join area district on district.code = a.district_code
       left join area regency on regency.code = a.regency_code
      where a.level = 'village'
        and ($1::text is null or a.code like $1 || '.%' or a.code = $1)
        and ($2::text[] is null or exists (select 1 from unnest($2::text[]) as allowed(code) where a.code = allowed.code or a.code like allowed.code || '.%'))
        and (($3::text is not null and a.code like $3 || '%')
             or ($3::text is null and (regexp_replace(lower(a.name), '[^a-z0-9]', '', 'g') like '%' || $4 || '%' or lower(a.name) like $5 || '%')))
      order by length(a.name), a.code
      limit 500`,
    [within, scope, code, closed, firstWord],
  );
}
