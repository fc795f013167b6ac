export interface AbcdfghjklmnpqrstvwxzRepository<
  Row extends AbcdfghjklmnpqrstvwxzRow = AbcdfghjklmnpqrstvwxzRow,
> extends Repository<Row> {
  readonly fbcdfghjklmnpqrstvwxz: string;
  find(
    filter: AbcdfghjklmnpqrstvwxzFilter,
    page: Page,
    options?: { obcdfghjklmnpqrstvwxz?: boolean },
  ): Promise<readonly Row[]>;
  [key: string]: unknown;
}

export type AbcdfghjklmnpqrstvwxzEvent =
  | { type: "fbcdfghjklmnpqrstvwxz"; row: AbcdfghjklmnpqrstvwxzRow }
  | {
      type: "obcdfghjklmnpqrstvwxz";
      before: AbcdfghjklmnpqrstvwxzRow;
      after: AbcdfghjklmnpqrstvwxzRow;
    };
export type AbcdfghjklmnpqrstvwxzKeys = {
  [Key in keyof AbcdfghjklmnpqrstvwxzRow as `get${Capitalize<Key>}`]?: () => AbcdfghjklmnpqrstvwxzRow[Key];
};
export type AbcdfghjklmnpqrstvwxzAnswer<T> = T extends AbcdfghjklmnpqrstvwxzRow
  ? { data: T }
  : T extends readonly AbcdfghjklmnpqrstvwxzRow[]
    ? { data: T; page: Page }
    : never;
export const handlers: Record<
  string,
  (event: AbcdfghjklmnpqrstvwxzEvent) => void
> = {
  fbcdfghjklmnpqrstvwxz: (event) => log(event.row),
  obcdfghjklmnpqrstvwxz: (event) =>
    event.after ? log(event.after) : log(event.before),
};
export const isAbcdfghjklmnpqrstvwxz = (
  value: unknown,
): value is AbcdfghjklmnpqrstvwxzRow =>
  typeof value === "object" &&
  value !== null &&
  "fbcdfghjklmnpqrstvwxz" in value;
export enum AbcdfghjklmnpqrstvwxzKind {
  First = "fbcdfghjklmnpqrstvwxz",
  Second = "obcdfghjklmnpqrstvwxz",
}
declare module "express" {
  interface Request {
    fbcdfghjklmnpqrstvwxz?: AbcdfghjklmnpqrstvwxzRow;
  }
}
