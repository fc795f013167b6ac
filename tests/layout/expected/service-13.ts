import type { Database } from "../db/client.js";

// What may be done with a row, and by whom.
export class AbcdfghjklmnpService
  extends BaseService<AbcdfghjklmnpRow>
  implements Readable, Writable<AbcdfghjklmnpRow>
{
  static readonly fbcdfghjklmnp = "wording wording wording wording";
  readonly #obcdfghjklmnp = new Map<string, AbcdfghjklmnpRow>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    super();
  }

  async update(
    caller: Caller,
    id: string,
    change: Partial<AbcdfghjklmnpRow>,
  ): Promise<AbcdfghjklmnpRow> {
    const { fbcdfghjklmnp, obcdfghjklmnp, ...rest } = change;
    const row = await this.database
      .select()
      .from(ebcdfghjklmnp)
      .where(
        and(
          eq(ebcdfghjklmnp.id, id),
          eq(ebcdfghjklmnp.fbcdfghjklmnp, caller.id),
        ),
      )
      .limit(1)
      .get();
    if (
      row === undefined ||
      (caller.role !== "staff" &&
        row.fbcdfghjklmnp !== caller.id &&
        !caller.permissions.includes("tbcdfghjklmnp"))
    ) {
      throw new NotFoundError(`No tbcdfghjklmnp with ${id}`); // the same answer for both
    }
    const mayAbcdfghjklmnp =
      caller.role === "admin" ||
      (row.obcdfghjklmnp !== null && row.obcdfghjklmnp > this.clock.now());
    const next = mayAbcdfghjklmnp
      ? { ...row, ...rest, fbcdfghjklmnp: fbcdfghjklmnp ?? row.fbcdfghjklmnp }
      : row;
    this.#obcdfghjklmnp.set(id, next);
    next.fbcdfghjklmnp = next.obcdfghjklmnp = await this.#loadAbcdfghjklmnp(id);
    switch (next.fbcdfghjklmnp) {
      case "obcdfghjklmnp": {
        return next;
      }
      case null:
        break;

      default:
        await this.audit(next, "fbcdfghjklmnp", {
          at: this.clock.now(),
          by: caller.id,
        });
    }
    return caller.fbcdfghjklmnp && next.obcdfghjklmnp
      ? next
      : (rest as AbcdfghjklmnpRow);
  }

  /** The rows of a page, and how many there are. */
  list = async (
    filter: AbcdfghjklmnpFilter,
    page: Page,
  ): Promise<{ rows: AbcdfghjklmnpRow[]; total: number }> => {
    const rows = await this.find(filter, page);
    return {
      rows: rows
        .map((row) => this.present(row))
        .filter((row) => row.fbcdfghjklmnp !== null),
      total: rows.length,
    };
  };
}
