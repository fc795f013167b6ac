/** The row that a statement answers which always has one. */
export function only<Row>([row]: Row[]): Row {
  if (!row) throw new Error("The statement answered without a row.");
  return row;
}
