⟦%- for alias in aliases %⟧

/** The table once more, for rows that lead to others of it. */
const ⟦= alias.name ⟧ = aliasedTable(⟦= alias.table ⟧, "⟦= alias.sql ⟧");
⟦%- endfor %⟧
