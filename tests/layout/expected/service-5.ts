import type { Database } from "../db/client.js";

// What may be done with a row, and by whom.
export class AbcdfService
  extends BaseService<AbcdfRow>
  implements Readable, Writable<AbcdfRow>
{
  static readonly fbcdf = "wording wording";
  readonly #obcdf = new Map<string, AbcdfRow>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    super();
  }

  async update(
    caller: Caller,
    id: string,
    change: Partial<AbcdfRow>,
  ): Promise<AbcdfRow> {
    const { fbcdf, obcdf, ...rest } = change;
    const row = await this.database
      .select()
      .from(ebcdf)
      .where(and(eq(ebcdf.id, id), eq(ebcdf.fbcdf, caller.id)))
      .limit(1)
      .get();
    if (
      row === undefined ||
      (caller.role !== "staff" &&
        row.fbcdf !== caller.id &&
        !caller.permissions.includes("tbcdf"))
    ) {
      throw new NotFoundError(`No tbcdf with ${id}`); // the same answer for both
    }
    const mayAbcdf =
      caller.role === "admin" ||
      (row.obcdf !== null && row.obcdf > this.clock.now());
    const next = mayAbcdf
      ? { ...row, ...rest, fbcdf: fbcdf ?? row.fbcdf }
      : row;
    this.#obcdf.set(id, next);
    next.fbcdf = next.obcdf = await this.#loadAbcdf(id);
    switch (next.fbcdf) {
      case "obcdf": {
        return next;
      }
      case null:
        break;

      default:
        await this.audit(next, "fbcdf", {
          at: this.clock.now(),
          by: caller.id,
        });
    }
    return caller.fbcdf && next.obcdf ? next : (rest as AbcdfRow);
  }

  /** The rows of a page, and how many there are. */
  list = async (
    filter: AbcdfFilter,
    page: Page,
  ): Promise<{ rows: AbcdfRow[]; total: number }> => {
    const rows = await this.find(filter, page);
    return {
      rows: rows
        .map((row) => this.present(row))
        .filter((row) => row.fbcdf !== null),
      total: rows.length,
    };
  };
}
