import type { Database } from "../db/client.js";

// What may be done with a row, and by whom.
export class AbcdfghjklmnpqrstvwxzbcdfService
  extends BaseService<AbcdfghjklmnpqrstvwxzbcdfRow>
  implements Readable, Writable<AbcdfghjklmnpqrstvwxzbcdfRow>
{
  static readonly fbcdfghjklmnpqrstvwxzbcdf =
    "wording wording wording wording wording wording wording";
  readonly #obcdfghjklmnpqrstvwxzbcdf = new Map<
    string,
    AbcdfghjklmnpqrstvwxzbcdfRow
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
    change: Partial<AbcdfghjklmnpqrstvwxzbcdfRow>,
  ): Promise<AbcdfghjklmnpqrstvwxzbcdfRow> {
    const { fbcdfghjklmnpqrstvwxzbcdf, obcdfghjklmnpqrstvwxzbcdf, ...rest } =
      change;
    const row = await this.database
      .select()
      .from(ebcdfghjklmnpqrstvwxzbcdf)
      .where(
        and(
          eq(ebcdfghjklmnpqrstvwxzbcdf.id, id),
          eq(ebcdfghjklmnpqrstvwxzbcdf.fbcdfghjklmnpqrstvwxzbcdf, caller.id),
        ),
      )
      .limit(1)
      .get();
    if (
      row === undefined ||
      (caller.role !== "staff" &&
        row.fbcdfghjklmnpqrstvwxzbcdf !== caller.id &&
        !caller.permissions.includes("tbcdfghjklmnpqrstvwxzbcdf"))
    ) {
      throw new NotFoundError(`No tbcdfghjklmnpqrstvwxzbcdf with ${id}`); // the same answer for both
    }
    const mayAbcdfghjklmnpqrstvwxzbcdf =
      caller.role === "admin" ||
      (row.obcdfghjklmnpqrstvwxzbcdf !== null &&
        row.obcdfghjklmnpqrstvwxzbcdf > this.clock.now());
    const next = mayAbcdfghjklmnpqrstvwxzbcdf
      ? {
          ...row,
          ...rest,
          fbcdfghjklmnpqrstvwxzbcdf:
            fbcdfghjklmnpqrstvwxzbcdf ?? row.fbcdfghjklmnpqrstvwxzbcdf,
        }
      : row;
    this.#obcdfghjklmnpqrstvwxzbcdf.set(id, next);
    next.fbcdfghjklmnpqrstvwxzbcdf = next.obcdfghjklmnpqrstvwxzbcdf =
      await this.#loadAbcdfghjklmnpqrstvwxzbcdf(id);
    switch (next.fbcdfghjklmnpqrstvwxzbcdf) {
      case "obcdfghjklmnpqrstvwxzbcdf": {
        return next;
      }
      case null:
        break;

      default:
        await this.audit(next, "fbcdfghjklmnpqrstvwxzbcdf", {
          at: this.clock.now(),
          by: caller.id,
        });
    }
    return caller.fbcdfghjklmnpqrstvwxzbcdf && next.obcdfghjklmnpqrstvwxzbcdf
      ? next
      : (rest as AbcdfghjklmnpqrstvwxzbcdfRow);
  }

  /** The rows of a page, and how many there are. */
  list = async (
    filter: AbcdfghjklmnpqrstvwxzbcdfFilter,
    page: Page,
  ): Promise<{ rows: AbcdfghjklmnpqrstvwxzbcdfRow[]; total: number }> => {
    const rows = await this.find(filter, page);
    return {
      rows: rows
        .map((row) => this.present(row))
        .filter((row) => row.fbcdfghjklmnpqrstvwxzbcdf !== null),
      total: rows.length,
    };
  };
}
