export interface AbcdfghjklmnpqrstvwxzbcdfghjklmnpRepository<
  Row extends
    AbcdfghjklmnpqrstvwxzbcdfghjklmnpRow = AbcdfghjklmnpqrstvwxzbcdfghjklmnpRow,
> extends Repository<Row> {
  readonly fbcdfghjklmnpqrstvwxzbcdfghjklmnp: string;
  find(
    filter: AbcdfghjklmnpqrstvwxzbcdfghjklmnpFilter,
    page: Page,
    options?: { obcdfghjklmnpqrstvwxzbcdfghjklmnp?: boolean },
  ): Promise<readonly Row[]>;
  [key: string]: unknown;
}

export type AbcdfghjklmnpqrstvwxzbcdfghjklmnpEvent =
  | {
      type: "fbcdfghjklmnpqrstvwxzbcdfghjklmnp";
      row: AbcdfghjklmnpqrstvwxzbcdfghjklmnpRow;
    }
  | {
      type: "obcdfghjklmnpqrstvwxzbcdfghjklmnp";
      before: AbcdfghjklmnpqrstvwxzbcdfghjklmnpRow;
      after: AbcdfghjklmnpqrstvwxzbcdfghjklmnpRow;
    };
export type AbcdfghjklmnpqrstvwxzbcdfghjklmnpKeys = {
  [Key in keyof AbcdfghjklmnpqrstvwxzbcdfghjklmnpRow as `get${Capitalize<Key>}`]?: () => AbcdfghjklmnpqrstvwxzbcdfghjklmnpRow[Key];
};
export type AbcdfghjklmnpqrstvwxzbcdfghjklmnpAnswer<T> =
  T extends AbcdfghjklmnpqrstvwxzbcdfghjklmnpRow
    ? { data: T }
    : T extends readonly AbcdfghjklmnpqrstvwxzbcdfghjklmnpRow[]
      ? { data: T; page: Page }
      : never;
export const handlers: Record<
  string,
  (event: AbcdfghjklmnpqrstvwxzbcdfghjklmnpEvent) => void
> = {
  fbcdfghjklmnpqrstvwxzbcdfghjklmnp: (event) => log(event.row),
  obcdfghjklmnpqrstvwxzbcdfghjklmnp: (event) =>
    event.after ? log(event.after) : log(event.before),
};
export const isAbcdfghjklmnpqrstvwxzbcdfghjklmnp = (
  value: unknown,
): value is AbcdfghjklmnpqrstvwxzbcdfghjklmnpRow =>
  typeof value === "object" &&
  value !== null &&
  "fbcdfghjklmnpqrstvwxzbcdfghjklmnp" in value;
export enum AbcdfghjklmnpqrstvwxzbcdfghjklmnpKind {
  First = "fbcdfghjklmnpqrstvwxzbcdfghjklmnp",
  Second = "obcdfghjklmnpqrstvwxzbcdfghjklmnp",
}
declare module "express" {
  interface Request {
    fbcdfghjklmnpqrstvwxzbcdfghjklmnp?: AbcdfghjklmnpqrstvwxzbcdfghjklmnpRow;
  }
}
