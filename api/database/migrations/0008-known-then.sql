-- What an assessment saw, so that a kept run can be worked out again from the data as they were known then.

-- Values that were replaced: each was known from recorded_at until replaced_at.
create table indicator_value_past (
  area_code text not null,
  indicator text not null,
  year integer not null,
  value double precision not null,
  recorded_at timestamptz not null,
  replaced_at timestamptz not null
);
create index indicator_value_past_by_indicator on indicator_value_past (indicator, year, area_code);
