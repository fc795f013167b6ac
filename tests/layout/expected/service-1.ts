import type { Database } from "../db/client.js";

// What may be done with a row, and by whom.
export class AService
  extends BaseService<ARow>
  implements Readable, Writable<ARow>
{
  static readonly f = "wording";
  readonly #o = new Map<string, ARow>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    super();
  }

  async update(
    caller: Caller,
    id: string,
    change: Partial<ARow>,
  ): Promise<ARow> {
    const { f, o, ...rest } = change;
    const row = await this.database
      .select()
      .from(e)
      .where(and(eq(e.id, id), eq(e.f, caller.id)))
      .limit(1)
      .get();
    if (
      row === undefined ||
      (caller.role !== "staff" &&
        row.f !== caller.id &&
        !caller.permissions.includes("t"))
    ) {
      throw new NotFoundError(`No t with ${id}`); // the same answer for both
    }
    const mayA =
      caller.role === "admin" || (row.o !== null && row.o > this.clock.now());
    const next = mayA ? { ...row, ...rest, f: f ?? row.f } : row;
    this.#o.set(id, next);
    next.f = next.o = await this.#loadA(id);
    switch (next.f) {
      case "o": {
        return next;
      }
      case null:
        break;

      default:
        await this.audit(next, "f", { at: this.clock.now(), by: caller.id });
    }
    return caller.f && next.o ? next : (rest as ARow);
  }

  /** The rows of a page, and how many there are. */
  list = async (
    filter: AFilter,
    page: Page,
  ): Promise<{ rows: ARow[]; total: number }> => {
    const rows = await this.find(filter, page);
    return {
      rows: rows
        .map((row) => this.present(row))
        .filter((row) => row.f !== null),
      total: rows.length,
    };
  };
}
