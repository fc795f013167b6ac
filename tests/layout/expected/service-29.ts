import type { Database } from "../db/client.js";

// What may be done with a row, and by whom.
export class AbcdfghjklmnpqrstvwxzbcdfghjkService
  extends BaseService<AbcdfghjklmnpqrstvwxzbcdfghjkRow>
  implements Readable, Writable<AbcdfghjklmnpqrstvwxzbcdfghjkRow>
{
  static readonly fbcdfghjklmnpqrstvwxzbcdfghjk =
    "wording wording wording wording wording wording wording wording";
  readonly #obcdfghjklmnpqrstvwxzbcdfghjk = new Map<
    string,
    AbcdfghjklmnpqrstvwxzbcdfghjkRow
  >();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    super();
  }

  async update(
    caller: Caller,
    id: string,
    change: Partial<AbcdfghjklmnpqrstvwxzbcdfghjkRow>,
  ): Promise<AbcdfghjklmnpqrstvwxzbcdfghjkRow> {
    const {
      fbcdfghjklmnpqrstvwxzbcdfghjk,
      obcdfghjklmnpqrstvwxzbcdfghjk,
      ...rest
    } = change;
    const row = await this.database
      .select()
      .from(ebcdfghjklmnpqrstvwxzbcdfghjk)
      .where(
        and(
          eq(ebcdfghjklmnpqrstvwxzbcdfghjk.id, id),
          eq(
            ebcdfghjklmnpqrstvwxzbcdfghjk.fbcdfghjklmnpqrstvwxzbcdfghjk,
            caller.id,
          ),
        ),
      )
      .limit(1)
      .get();
    if (
      row === undefined ||
      (caller.role !== "staff" &&
        row.fbcdfghjklmnpqrstvwxzbcdfghjk !== caller.id &&
        !caller.permissions.includes("tbcdfghjklmnpqrstvwxzbcdfghjk"))
    ) {
      throw new NotFoundError(`No tbcdfghjklmnpqrstvwxzbcdfghjk with ${id}`); // the same answer for both
    }
    const mayAbcdfghjklmnpqrstvwxzbcdfghjk =
      caller.role === "admin" ||
      (row.obcdfghjklmnpqrstvwxzbcdfghjk !== null &&
        row.obcdfghjklmnpqrstvwxzbcdfghjk > this.clock.now());
    const next = mayAbcdfghjklmnpqrstvwxzbcdfghjk
      ? {
          ...row,
          ...rest,
          fbcdfghjklmnpqrstvwxzbcdfghjk:
            fbcdfghjklmnpqrstvwxzbcdfghjk ?? row.fbcdfghjklmnpqrstvwxzbcdfghjk,
        }
      : row;
    this.#obcdfghjklmnpqrstvwxzbcdfghjk.set(id, next);
    next.fbcdfghjklmnpqrstvwxzbcdfghjk = next.obcdfghjklmnpqrstvwxzbcdfghjk =
      await this.#loadAbcdfghjklmnpqrstvwxzbcdfghjk(id);
    switch (next.fbcdfghjklmnpqrstvwxzbcdfghjk) {
      case "obcdfghjklmnpqrstvwxzbcdfghjk": {
        return next;
      }
      case null:
        break;

      default:
        await this.audit(next, "fbcdfghjklmnpqrstvwxzbcdfghjk", {
          at: this.clock.now(),
          by: caller.id,
        });
    }
    return caller.fbcdfghjklmnpqrstvwxzbcdfghjk &&
      next.obcdfghjklmnpqrstvwxzbcdfghjk
      ? next
      : (rest as AbcdfghjklmnpqrstvwxzbcdfghjkRow);
  }

  /** The rows of a page, and how many there are. */
  list = async (
    filter: AbcdfghjklmnpqrstvwxzbcdfghjkFilter,
    page: Page,
  ): Promise<{ rows: AbcdfghjklmnpqrstvwxzbcdfghjkRow[]; total: number }> => {
    const rows = await this.find(filter, page);
    return {
      rows: rows
        .map((row) => this.present(row))
        .filter((row) => row.fbcdfghjklmnpqrstvwxzbcdfghjk !== null),
      total: rows.length,
    };
  };
}
