export interface AbcdfghjklmnpqrstvwxzbcdfghjkRepository<
  Row extends
    AbcdfghjklmnpqrstvwxzbcdfghjkRow = AbcdfghjklmnpqrstvwxzbcdfghjkRow,
> extends Repository<Row> {
  readonly fbcdfghjklmnpqrstvwxzbcdfghjk: string;
  find(
    filter: AbcdfghjklmnpqrstvwxzbcdfghjkFilter,
    page: Page,
    options?: { obcdfghjklmnpqrstvwxzbcdfghjk?: boolean },
  ): Promise<readonly Row[]>;
  [key: string]: unknown;
}

export type AbcdfghjklmnpqrstvwxzbcdfghjkEvent =
  | {
      type: "fbcdfghjklmnpqrstvwxzbcdfghjk";
      row: AbcdfghjklmnpqrstvwxzbcdfghjkRow;
    }
  | {
      type: "obcdfghjklmnpqrstvwxzbcdfghjk";
      before: AbcdfghjklmnpqrstvwxzbcdfghjkRow;
      after: AbcdfghjklmnpqrstvwxzbcdfghjkRow;
    };
export type AbcdfghjklmnpqrstvwxzbcdfghjkKeys = {
  [Key in keyof AbcdfghjklmnpqrstvwxzbcdfghjkRow as `get${Capitalize<Key>}`]?: () => AbcdfghjklmnpqrstvwxzbcdfghjkRow[Key];
};
export type AbcdfghjklmnpqrstvwxzbcdfghjkAnswer<T> =
  T extends AbcdfghjklmnpqrstvwxzbcdfghjkRow
    ? { data: T }
    : T extends readonly AbcdfghjklmnpqrstvwxzbcdfghjkRow[]
      ? { data: T; page: Page }
      : never;
export const handlers: Record<
  string,
  (event: AbcdfghjklmnpqrstvwxzbcdfghjkEvent) => void
> = {
  fbcdfghjklmnpqrstvwxzbcdfghjk: (event) => log(event.row),
  obcdfghjklmnpqrstvwxzbcdfghjk: (event) =>
    event.after ? log(event.after) : log(event.before),
};
export const isAbcdfghjklmnpqrstvwxzbcdfghjk = (
  value: unknown,
): value is AbcdfghjklmnpqrstvwxzbcdfghjkRow =>
  typeof value === "object" &&
  value !== null &&
  "fbcdfghjklmnpqrstvwxzbcdfghjk" in value;
export enum AbcdfghjklmnpqrstvwxzbcdfghjkKind {
  First = "fbcdfghjklmnpqrstvwxzbcdfghjk",
  Second = "obcdfghjklmnpqrstvwxzbcdfghjk",
}
declare module "express" {
  interface Request {
    fbcdfghjklmnpqrstvwxzbcdfghjk?: AbcdfghjklmnpqrstvwxzbcdfghjkRow;
  }
}
