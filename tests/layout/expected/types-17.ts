export interface AbcdfghjklmnpqrstRepository<
  Row extends AbcdfghjklmnpqrstRow = AbcdfghjklmnpqrstRow,
> extends Repository<Row> {
  readonly fbcdfghjklmnpqrst: string;
  find(
    filter: AbcdfghjklmnpqrstFilter,
    page: Page,
    options?: { obcdfghjklmnpqrst?: boolean },
  ): Promise<readonly Row[]>;
  [key: string]: unknown;
}

export type AbcdfghjklmnpqrstEvent =
  | { type: "fbcdfghjklmnpqrst"; row: AbcdfghjklmnpqrstRow }
  | {
      type: "obcdfghjklmnpqrst";
      before: AbcdfghjklmnpqrstRow;
      after: AbcdfghjklmnpqrstRow;
    };
export type AbcdfghjklmnpqrstKeys = {
  [Key in keyof AbcdfghjklmnpqrstRow as `get${Capitalize<Key>}`]?: () => AbcdfghjklmnpqrstRow[Key];
};
export type AbcdfghjklmnpqrstAnswer<T> = T extends AbcdfghjklmnpqrstRow
  ? { data: T }
  : T extends readonly AbcdfghjklmnpqrstRow[]
    ? { data: T; page: Page }
    : never;
export const handlers: Record<string, (event: AbcdfghjklmnpqrstEvent) => void> =
  {
    fbcdfghjklmnpqrst: (event) => log(event.row),
    obcdfghjklmnpqrst: (event) =>
      event.after ? log(event.after) : log(event.before),
  };
export const isAbcdfghjklmnpqrst = (
  value: unknown,
): value is AbcdfghjklmnpqrstRow =>
  typeof value === "object" && value !== null && "fbcdfghjklmnpqrst" in value;
export enum AbcdfghjklmnpqrstKind {
  First = "fbcdfghjklmnpqrst",
  Second = "obcdfghjklmnpqrst",
}
declare module "express" {
  interface Request {
    fbcdfghjklmnpqrst?: AbcdfghjklmnpqrstRow;
  }
}
