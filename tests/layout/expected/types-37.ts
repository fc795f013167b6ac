export interface AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstRepository<
  Row extends
    AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstRow = AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstRow,
> extends Repository<Row> {
  readonly fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst: string;
  find(
    filter: AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstFilter,
    page: Page,
    options?: { obcdfghjklmnpqrstvwxzbcdfghjklmnpqrst?: boolean },
  ): Promise<readonly Row[]>;
  [key: string]: unknown;
}

export type AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstEvent =
  | {
      type: "fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst";
      row: AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstRow;
    }
  | {
      type: "obcdfghjklmnpqrstvwxzbcdfghjklmnpqrst";
      before: AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstRow;
      after: AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstRow;
    };
export type AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstKeys = {
  [Key in keyof AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstRow as `get${Capitalize<Key>}`]?: () => AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstRow[Key];
};
export type AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstAnswer<T> =
  T extends AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstRow
    ? { data: T }
    : T extends readonly AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstRow[]
      ? { data: T; page: Page }
      : never;
export const handlers: Record<
  string,
  (event: AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstEvent) => void
> = {
  fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst: (event) => log(event.row),
  obcdfghjklmnpqrstvwxzbcdfghjklmnpqrst: (event) =>
    event.after ? log(event.after) : log(event.before),
};
export const isAbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst = (
  value: unknown,
): value is AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstRow =>
  typeof value === "object" &&
  value !== null &&
  "fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst" in value;
export enum AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstKind {
  First = "fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst",
  Second = "obcdfghjklmnpqrstvwxzbcdfghjklmnpqrst",
}
declare module "express" {
  interface Request {
    fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst?: AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstRow;
  }
}
