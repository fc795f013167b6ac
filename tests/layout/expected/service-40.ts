import type { Database } from "../db/client.js";

// What may be done with a row, and by whom.
export class AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxService
  extends BaseService<AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxRow>
  implements Readable, Writable<AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxRow>
{
  static readonly fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx =
    "wording wording wording wording wording wording wording wording wording wording wording";
  readonly #obcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx = new Map<
    string,
    AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxRow
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
    change: Partial<AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxRow>,
  ): Promise<AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxRow> {
    const {
      fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx,
      obcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx,
      ...rest
    } = change;
    const row = await this.database
      .select()
      .from(ebcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx)
      .where(
        and(
          eq(ebcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx.id, id),
          eq(
            ebcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx.fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx,
            caller.id,
          ),
        ),
      )
      .limit(1)
      .get();
    if (
      row === undefined ||
      (caller.role !== "staff" &&
        row.fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx !== caller.id &&
        !caller.permissions.includes(
          "tbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx",
        ))
    ) {
      throw new NotFoundError(
        `No tbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx with ${id}`,
      ); // the same answer for both
    }
    const mayAbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx =
      caller.role === "admin" ||
      (row.obcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx !== null &&
        row.obcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx > this.clock.now());
    const next = mayAbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx
      ? {
          ...row,
          ...rest,
          fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx:
            fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx ??
            row.fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx,
        }
      : row;
    this.#obcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx.set(id, next);
    next.fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx =
      next.obcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx =
        await this.#loadAbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx(id);
    switch (next.fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx) {
      case "obcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx": {
        return next;
      }
      case null:
        break;

      default:
        await this.audit(next, "fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx", {
          at: this.clock.now(),
          by: caller.id,
        });
    }
    return caller.fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx &&
      next.obcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx
      ? next
      : (rest as AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxRow);
  }

  /** The rows of a page, and how many there are. */
  list = async (
    filter: AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxFilter,
    page: Page,
  ): Promise<{
    rows: AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxRow[];
    total: number;
  }> => {
    const rows = await this.find(filter, page);
    return {
      rows: rows
        .map((row) => this.present(row))
        .filter((row) => row.fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx !== null),
      total: rows.length,
    };
  };
}
