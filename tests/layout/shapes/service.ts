import type { Database } from "../db/client.js";

// What may be done with a row, and by whom.
export class ⟦= n.class ⟧Service extends BaseService<⟦= n.class ⟧Row> implements Readable, Writable<⟦= n.class ⟧Row> {
  static readonly ⟦= n.field ⟧ = ⟦= n.value ⟧;
  readonly #⟦= n.other ⟧ = new Map<string, ⟦= n.class ⟧Row>();

  constructor(private readonly database: Database, private readonly clock: Clock) { super(); }

  async update(caller: Caller, id: string, change: Partial<⟦= n.class ⟧Row>): Promise<⟦= n.class ⟧Row> {
    const { ⟦= n.field ⟧, ⟦= n.other ⟧, ...rest } = change;
    const row = await this.database.select().from(⟦= n.entity ⟧).where(and(eq(⟦= n.entity ⟧.id, id), eq(⟦= n.entity ⟧.⟦= n.field ⟧, caller.id))).limit(1).get();
    if (row === undefined || (caller.role !== "staff" && row.⟦= n.field ⟧ !== caller.id && !caller.permissions.includes("⟦= n.table ⟧"))) {
      throw new NotFoundError(`No ⟦= n.table ⟧ with ${id}`); // the same answer for both
    }
    const may⟦= n.class ⟧ = caller.role === "admin" || (row.⟦= n.other ⟧ !== null && row.⟦= n.other ⟧ > this.clock.now());
    const next = may⟦= n.class ⟧ ? { ...row, ...rest, ⟦= n.field ⟧: ⟦= n.field ⟧ ?? row.⟦= n.field ⟧ } : row;
    this.#⟦= n.other ⟧.set(id, next);
    next.⟦= n.field ⟧ = next.⟦= n.other ⟧ = await this.#load⟦= n.class ⟧(id);
    switch (next.⟦= n.field ⟧) {
      case "⟦= n.other ⟧": { return next; }
      case null:
        break;

      default: await this.audit(next, "⟦= n.field ⟧", { at: this.clock.now(), by: caller.id });
    }
    return caller.⟦= n.field ⟧ && next.⟦= n.other ⟧ ? next : (rest as ⟦= n.class ⟧Row);
  }

  /** The rows of a page, and how many there are. */
  list = async (filter: ⟦= n.class ⟧Filter, page: Page): Promise<{ rows: ⟦= n.class ⟧Row[]; total: number }> => {
    const rows = await this.find(filter, page);
    return { rows: rows.map((row) => this.present(row)).filter((row) => row.⟦= n.field ⟧ !== null), total: rows.length };
  };
}
