import type { Database } from "../db/client.js";

// What may be done with a row, and by whom.
export class AbcdfghjklmnpqrstvwxzbcdfghjklmnpService
  extends BaseService<AbcdfghjklmnpqrstvwxzbcdfghjklmnpRow>
  implements Readable, Writable<AbcdfghjklmnpqrstvwxzbcdfghjklmnpRow>
{
  static readonly fbcdfghjklmnpqrstvwxzbcdfghjklmnp =
    "wording wording wording wording wording wording wording wording wording";
  readonly #obcdfghjklmnpqrstvwxzbcdfghjklmnp = new Map<
    string,
    AbcdfghjklmnpqrstvwxzbcdfghjklmnpRow
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
    change: Partial<AbcdfghjklmnpqrstvwxzbcdfghjklmnpRow>,
  ): Promise<AbcdfghjklmnpqrstvwxzbcdfghjklmnpRow> {
    const {
      fbcdfghjklmnpqrstvwxzbcdfghjklmnp,
      obcdfghjklmnpqrstvwxzbcdfghjklmnp,
      ...rest
    } = change;
    const row = await this.database
      .select()
      .from(ebcdfghjklmnpqrstvwxzbcdfghjklmnp)
      .where(
        and(
          eq(ebcdfghjklmnpqrstvwxzbcdfghjklmnp.id, id),
          eq(
            ebcdfghjklmnpqrstvwxzbcdfghjklmnp.fbcdfghjklmnpqrstvwxzbcdfghjklmnp,
            caller.id,
          ),
        ),
      )
      .limit(1)
      .get();
    if (
      row === undefined ||
      (caller.role !== "staff" &&
        row.fbcdfghjklmnpqrstvwxzbcdfghjklmnp !== caller.id &&
        !caller.permissions.includes("tbcdfghjklmnpqrstvwxzbcdfghjklmnp"))
    ) {
      throw new NotFoundError(
        `No tbcdfghjklmnpqrstvwxzbcdfghjklmnp with ${id}`,
      ); // the same answer for both
    }
    const mayAbcdfghjklmnpqrstvwxzbcdfghjklmnp =
      caller.role === "admin" ||
      (row.obcdfghjklmnpqrstvwxzbcdfghjklmnp !== null &&
        row.obcdfghjklmnpqrstvwxzbcdfghjklmnp > this.clock.now());
    const next = mayAbcdfghjklmnpqrstvwxzbcdfghjklmnp
      ? {
          ...row,
          ...rest,
          fbcdfghjklmnpqrstvwxzbcdfghjklmnp:
            fbcdfghjklmnpqrstvwxzbcdfghjklmnp ??
            row.fbcdfghjklmnpqrstvwxzbcdfghjklmnp,
        }
      : row;
    this.#obcdfghjklmnpqrstvwxzbcdfghjklmnp.set(id, next);
    next.fbcdfghjklmnpqrstvwxzbcdfghjklmnp =
      next.obcdfghjklmnpqrstvwxzbcdfghjklmnp =
        await this.#loadAbcdfghjklmnpqrstvwxzbcdfghjklmnp(id);
    switch (next.fbcdfghjklmnpqrstvwxzbcdfghjklmnp) {
      case "obcdfghjklmnpqrstvwxzbcdfghjklmnp": {
        return next;
      }
      case null:
        break;

      default:
        await this.audit(next, "fbcdfghjklmnpqrstvwxzbcdfghjklmnp", {
          at: this.clock.now(),
          by: caller.id,
        });
    }
    return caller.fbcdfghjklmnpqrstvwxzbcdfghjklmnp &&
      next.obcdfghjklmnpqrstvwxzbcdfghjklmnp
      ? next
      : (rest as AbcdfghjklmnpqrstvwxzbcdfghjklmnpRow);
  }

  /** The rows of a page, and how many there are. */
  list = async (
    filter: AbcdfghjklmnpqrstvwxzbcdfghjklmnpFilter,
    page: Page,
  ): Promise<{
    rows: AbcdfghjklmnpqrstvwxzbcdfghjklmnpRow[];
    total: number;
  }> => {
    const rows = await this.find(filter, page);
    return {
      rows: rows
        .map((row) => this.present(row))
        .filter((row) => row.fbcdfghjklmnpqrstvwxzbcdfghjklmnp !== null),
      total: rows.length,
    };
  };
}
