import type { Transaction } from "../db/client.js";

type Done = Promise<void> | void;

/**
 * What happens around the writes of one kind of rows. Each hook runs inside the
 * transaction of the write: whatever it throws undoes the whole, and what it
 * reads and writes through `tx` belongs to it.
 */
export interface Hooks<Row extends object, Changes extends object> {
  /** The row may be changed; the rules are checked afterwards. */
  beforeCreate?(row: Row, tx: Transaction): Done;
  afterCreate?(row: Row, tx: Transaction): Done;
  /** The changes may be changed; the rules are checked afterwards. */
  beforeUpdate?(changes: Changes, before: Row, tx: Transaction): Done;
  afterUpdate?(row: Row, before: Row, tx: Transaction): Done;
  beforeDelete?(row: Row, tx: Transaction): Done;
  afterDelete?(row: Row, tx: Transaction): Done;
}
