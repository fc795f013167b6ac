import type { Database } from "../db/client.js";

// What may be done with a row, and by whom.
export class AbcdfghjklmnpqrstService
  extends BaseService<AbcdfghjklmnpqrstRow>
  implements Readable, Writable<AbcdfghjklmnpqrstRow>
{
  static readonly fbcdfghjklmnpqrst = "wording wording wording wording wording";
  readonly #obcdfghjklmnpqrst = new Map<string, AbcdfghjklmnpqrstRow>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    super();
  }

  async update(
    caller: Caller,
    id: string,
    change: Partial<AbcdfghjklmnpqrstRow>,
  ): Promise<AbcdfghjklmnpqrstRow> {
    const { fbcdfghjklmnpqrst, obcdfghjklmnpqrst, ...rest } = change;
    const row = await this.database
      .select()
      .from(ebcdfghjklmnpqrst)
      .where(
        and(
          eq(ebcdfghjklmnpqrst.id, id),
          eq(ebcdfghjklmnpqrst.fbcdfghjklmnpqrst, caller.id),
        ),
      )
      .limit(1)
      .get();
    if (
      row === undefined ||
      (caller.role !== "staff" &&
        row.fbcdfghjklmnpqrst !== caller.id &&
        !caller.permissions.includes("tbcdfghjklmnpqrst"))
    ) {
      throw new NotFoundError(`No tbcdfghjklmnpqrst with ${id}`); // the same answer for both
    }
    const mayAbcdfghjklmnpqrst =
      caller.role === "admin" ||
      (row.obcdfghjklmnpqrst !== null &&
        row.obcdfghjklmnpqrst > this.clock.now());
    const next = mayAbcdfghjklmnpqrst
      ? {
          ...row,
          ...rest,
          fbcdfghjklmnpqrst: fbcdfghjklmnpqrst ?? row.fbcdfghjklmnpqrst,
        }
      : row;
    this.#obcdfghjklmnpqrst.set(id, next);
    next.fbcdfghjklmnpqrst = next.obcdfghjklmnpqrst =
      await this.#loadAbcdfghjklmnpqrst(id);
    switch (next.fbcdfghjklmnpqrst) {
      case "obcdfghjklmnpqrst": {
        return next;
      }
      case null:
        break;

      default:
        await this.audit(next, "fbcdfghjklmnpqrst", {
          at: this.clock.now(),
          by: caller.id,
        });
    }
    return caller.fbcdfghjklmnpqrst && next.obcdfghjklmnpqrst
      ? next
      : (rest as AbcdfghjklmnpqrstRow);
  }

  /** The rows of a page, and how many there are. */
  list = async (
    filter: AbcdfghjklmnpqrstFilter,
    page: Page,
  ): Promise<{ rows: AbcdfghjklmnpqrstRow[]; total: number }> => {
    const rows = await this.find(filter, page);
    return {
      rows: rows
        .map((row) => this.present(row))
        .filter((row) => row.fbcdfghjklmnpqrst !== null),
      total: rows.length,
    };
  };
}
