import type { Database } from "../db/client.js";

// What may be done with a row, and by whom.
export class AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstService
  extends BaseService<AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstRow>
  implements Readable, Writable<AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstRow>
{
  static readonly fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst =
    "wording wording wording wording wording wording wording wording wording wording";
  readonly #obcdfghjklmnpqrstvwxzbcdfghjklmnpqrst = new Map<
    string,
    AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstRow
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
    change: Partial<AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstRow>,
  ): Promise<AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstRow> {
    const {
      fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst,
      obcdfghjklmnpqrstvwxzbcdfghjklmnpqrst,
      ...rest
    } = change;
    const row = await this.database
      .select()
      .from(ebcdfghjklmnpqrstvwxzbcdfghjklmnpqrst)
      .where(
        and(
          eq(ebcdfghjklmnpqrstvwxzbcdfghjklmnpqrst.id, id),
          eq(
            ebcdfghjklmnpqrstvwxzbcdfghjklmnpqrst.fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst,
            caller.id,
          ),
        ),
      )
      .limit(1)
      .get();
    if (
      row === undefined ||
      (caller.role !== "staff" &&
        row.fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst !== caller.id &&
        !caller.permissions.includes("tbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst"))
    ) {
      throw new NotFoundError(
        `No tbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst with ${id}`,
      ); // the same answer for both
    }
    const mayAbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst =
      caller.role === "admin" ||
      (row.obcdfghjklmnpqrstvwxzbcdfghjklmnpqrst !== null &&
        row.obcdfghjklmnpqrstvwxzbcdfghjklmnpqrst > this.clock.now());
    const next = mayAbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst
      ? {
          ...row,
          ...rest,
          fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst:
            fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst ??
            row.fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst,
        }
      : row;
    this.#obcdfghjklmnpqrstvwxzbcdfghjklmnpqrst.set(id, next);
    next.fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst =
      next.obcdfghjklmnpqrstvwxzbcdfghjklmnpqrst =
        await this.#loadAbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst(id);
    switch (next.fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst) {
      case "obcdfghjklmnpqrstvwxzbcdfghjklmnpqrst": {
        return next;
      }
      case null:
        break;

      default:
        await this.audit(next, "fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst", {
          at: this.clock.now(),
          by: caller.id,
        });
    }
    return caller.fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst &&
      next.obcdfghjklmnpqrstvwxzbcdfghjklmnpqrst
      ? next
      : (rest as AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstRow);
  }

  /** The rows of a page, and how many there are. */
  list = async (
    filter: AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstFilter,
    page: Page,
  ): Promise<{
    rows: AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstRow[];
    total: number;
  }> => {
    const rows = await this.find(filter, page);
    return {
      rows: rows
        .map((row) => this.present(row))
        .filter((row) => row.fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst !== null),
      total: rows.length,
    };
  };
}
