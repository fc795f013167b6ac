import type { Database } from "../db/client.js";

// What may be done with a row, and by whom.
export class AbcdfghjkService
  extends BaseService<AbcdfghjkRow>
  implements Readable, Writable<AbcdfghjkRow>
{
  static readonly fbcdfghjk = "wording wording wording";
  readonly #obcdfghjk = new Map<string, AbcdfghjkRow>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    super();
  }

  async update(
    caller: Caller,
    id: string,
    change: Partial<AbcdfghjkRow>,
  ): Promise<AbcdfghjkRow> {
    const { fbcdfghjk, obcdfghjk, ...rest } = change;
    const row = await this.database
      .select()
      .from(ebcdfghjk)
      .where(and(eq(ebcdfghjk.id, id), eq(ebcdfghjk.fbcdfghjk, caller.id)))
      .limit(1)
      .get();
    if (
      row === undefined ||
      (caller.role !== "staff" &&
        row.fbcdfghjk !== caller.id &&
        !caller.permissions.includes("tbcdfghjk"))
    ) {
      throw new NotFoundError(`No tbcdfghjk with ${id}`); // the same answer for both
    }
    const mayAbcdfghjk =
      caller.role === "admin" ||
      (row.obcdfghjk !== null && row.obcdfghjk > this.clock.now());
    const next = mayAbcdfghjk
      ? { ...row, ...rest, fbcdfghjk: fbcdfghjk ?? row.fbcdfghjk }
      : row;
    this.#obcdfghjk.set(id, next);
    next.fbcdfghjk = next.obcdfghjk = await this.#loadAbcdfghjk(id);
    switch (next.fbcdfghjk) {
      case "obcdfghjk": {
        return next;
      }
      case null:
        break;

      default:
        await this.audit(next, "fbcdfghjk", {
          at: this.clock.now(),
          by: caller.id,
        });
    }
    return caller.fbcdfghjk && next.obcdfghjk ? next : (rest as AbcdfghjkRow);
  }

  /** The rows of a page, and how many there are. */
  list = async (
    filter: AbcdfghjkFilter,
    page: Page,
  ): Promise<{ rows: AbcdfghjkRow[]; total: number }> => {
    const rows = await this.find(filter, page);
    return {
      rows: rows
        .map((row) => this.present(row))
        .filter((row) => row.fbcdfghjk !== null),
      total: rows.length,
    };
  };
}
