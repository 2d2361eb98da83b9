-- A standing dispute whose review is due raises an alert for the team. Who watches the days reads when that is and where, and nothing that was written of it.
select add_rule('potential', 'waspada_keeper', 'select', 'true');
select hide_columns('potential', array['title', 'owner', 'actors', 'closing_note', 'facts', 'opinion'], 'keeper');
