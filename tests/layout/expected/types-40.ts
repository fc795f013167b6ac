export interface AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxRepository<
  Row extends
    AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxRow = AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxRow,
> extends Repository<Row> {
  readonly fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx: string;
  find(
    filter: AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxFilter,
    page: Page,
    options?: { obcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx?: boolean },
  ): Promise<readonly Row[]>;
  [key: string]: unknown;
}

export type AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxEvent =
  | {
      type: "fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx";
      row: AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxRow;
    }
  | {
      type: "obcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx";
      before: AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxRow;
      after: AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxRow;
    };
export type AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxKeys = {
  [Key in keyof AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxRow as `get${Capitalize<Key>}`]?: () => AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxRow[Key];
};
export type AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxAnswer<T> =
  T extends AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxRow
    ? { data: T }
    : T extends readonly AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxRow[]
      ? { data: T; page: Page }
      : never;
export const handlers: Record<
  string,
  (event: AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxEvent) => void
> = {
  fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx: (event) => log(event.row),
  obcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx: (event) =>
    event.after ? log(event.after) : log(event.before),
};
export const isAbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx = (
  value: unknown,
): value is AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxRow =>
  typeof value === "object" &&
  value !== null &&
  "fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx" in value;
export enum AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxKind {
  First = "fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx",
  Second = "obcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx",
}
declare module "express" {
  interface Request {
    fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx?: AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxRow;
  }
}
