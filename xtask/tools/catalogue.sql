-- Prints the tables of a PostgreSQL database as JSON, one a line, and then whatever else there is. The order of columns
-- counts, that of constraints and indexes does not. Migration tools keep their records in a schema of their own.
SELECT json_build_object(
  'table', relation.relname,
  'columns', (
    SELECT json_agg(json_build_array(attname, format_type(atttypid, atttypmod), collname, attnotnull, attgenerated, pg_get_expr(adbin, adrelid)) ORDER BY attnum)
    FROM pg_attribute
    LEFT JOIN pg_collation ON pg_collation.oid = attcollation
    LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE attrelid = relation.oid AND attnum > 0 AND NOT attisdropped
  ),
  'constraints', (
    SELECT json_agg(json_build_array(conname, pg_get_constraintdef(pg_constraint.oid), condeferrable, convalidated) ORDER BY conname)
    FROM pg_constraint WHERE conrelid = relation.oid
  ),
  'indexes', (
    SELECT json_agg(pg_get_indexdef(indexrelid) ORDER BY pg_get_indexdef(indexrelid))
    FROM pg_index WHERE indrelid = relation.oid
  ),
  'triggers', (
    SELECT json_agg(pg_get_triggerdef(pg_trigger.oid) ORDER BY tgname)
    FROM pg_trigger WHERE tgrelid = relation.oid AND NOT tgisinternal
  )
)::text
FROM pg_class AS relation
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
UNION ALL
SELECT json_build_object('other', relname, 'kind', relkind)::text
FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind NOT IN ('r', 'p', 'i', 'I')
UNION ALL
SELECT json_build_object('type', typname, 'kind', typtype)::text
FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype IN ('d', 'e', 'r')
UNION ALL
SELECT json_build_object('function', pg_get_functiondef(oid))::text
FROM pg_proc WHERE pronamespace = 'public'::regnamespace
ORDER BY 1
