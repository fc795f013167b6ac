import type { Database } from "../db/client.js";

// What may be done with a row, and by whom.
export class AbcdfghjklmnpqrstvwxzService
  extends BaseService<AbcdfghjklmnpqrstvwxzRow>
  implements Readable, Writable<AbcdfghjklmnpqrstvwxzRow>
{
  static readonly fbcdfghjklmnpqrstvwxz =
    "wording wording wording wording wording wording";
  readonly #obcdfghjklmnpqrstvwxz = new Map<string, AbcdfghjklmnpqrstvwxzRow>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    super();
  }

  async update(
    caller: Caller,
    id: string,
    change: Partial<AbcdfghjklmnpqrstvwxzRow>,
  ): Promise<AbcdfghjklmnpqrstvwxzRow> {
    const { fbcdfghjklmnpqrstvwxz, obcdfghjklmnpqrstvwxz, ...rest } = change;
    const row = await this.database
      .select()
      .from(ebcdfghjklmnpqrstvwxz)
      .where(
        and(
          eq(ebcdfghjklmnpqrstvwxz.id, id),
          eq(ebcdfghjklmnpqrstvwxz.fbcdfghjklmnpqrstvwxz, caller.id),
        ),
      )
      .limit(1)
      .get();
    if (
      row === undefined ||
      (caller.role !== "staff" &&
        row.fbcdfghjklmnpqrstvwxz !== caller.id &&
        !caller.permissions.includes("tbcdfghjklmnpqrstvwxz"))
    ) {
      throw new NotFoundError(`No tbcdfghjklmnpqrstvwxz with ${id}`); // the same answer for both
    }
    const mayAbcdfghjklmnpqrstvwxz =
      caller.role === "admin" ||
      (row.obcdfghjklmnpqrstvwxz !== null &&
        row.obcdfghjklmnpqrstvwxz > this.clock.now());
    const next = mayAbcdfghjklmnpqrstvwxz
      ? {
          ...row,
          ...rest,
          fbcdfghjklmnpqrstvwxz:
            fbcdfghjklmnpqrstvwxz ?? row.fbcdfghjklmnpqrstvwxz,
        }
      : row;
    this.#obcdfghjklmnpqrstvwxz.set(id, next);
    next.fbcdfghjklmnpqrstvwxz = next.obcdfghjklmnpqrstvwxz =
      await this.#loadAbcdfghjklmnpqrstvwxz(id);
    switch (next.fbcdfghjklmnpqrstvwxz) {
      case "obcdfghjklmnpqrstvwxz": {
        return next;
      }
      case null:
        break;

      default:
        await this.audit(next, "fbcdfghjklmnpqrstvwxz", {
          at: this.clock.now(),
          by: caller.id,
        });
    }
    return caller.fbcdfghjklmnpqrstvwxz && next.obcdfghjklmnpqrstvwxz
      ? next
      : (rest as AbcdfghjklmnpqrstvwxzRow);
  }

  /** The rows of a page, and how many there are. */
  list = async (
    filter: AbcdfghjklmnpqrstvwxzFilter,
    page: Page,
  ): Promise<{ rows: AbcdfghjklmnpqrstvwxzRow[]; total: number }> => {
    const rows = await this.find(filter, page);
    return {
      rows: rows
        .map((row) => this.present(row))
        .filter((row) => row.fbcdfghjklmnpqrstvwxz !== null),
      total: rows.length,
    };
  };
}
