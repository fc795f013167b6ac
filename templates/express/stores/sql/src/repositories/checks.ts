⟦%- for check in checks %⟧

/** ⟦= check.doc ⟧ */
export async function ⟦= check.name ⟧(⟦= check.parameters ⟧): Promise<boolean> {
  ⟦= check.origin ⟧const permitted = ⟦= check.expression ⟧;⟦= none ⟧
  return Number(await reader.$count(table, and(eq(table.id, id), permitted))) === 1;
}
⟦%- endfor %⟧
