export interface AbcdfghjklmnpqrstvwxzbcdfRepository<
  Row extends AbcdfghjklmnpqrstvwxzbcdfRow = AbcdfghjklmnpqrstvwxzbcdfRow,
> extends Repository<Row> {
  readonly fbcdfghjklmnpqrstvwxzbcdf: string;
  find(
    filter: AbcdfghjklmnpqrstvwxzbcdfFilter,
    page: Page,
    options?: { obcdfghjklmnpqrstvwxzbcdf?: boolean },
  ): Promise<readonly Row[]>;
  [key: string]: unknown;
}

export type AbcdfghjklmnpqrstvwxzbcdfEvent =
  | { type: "fbcdfghjklmnpqrstvwxzbcdf"; row: AbcdfghjklmnpqrstvwxzbcdfRow }
  | {
      type: "obcdfghjklmnpqrstvwxzbcdf";
      before: AbcdfghjklmnpqrstvwxzbcdfRow;
      after: AbcdfghjklmnpqrstvwxzbcdfRow;
    };
export type AbcdfghjklmnpqrstvwxzbcdfKeys = {
  [Key in keyof AbcdfghjklmnpqrstvwxzbcdfRow as `get${Capitalize<Key>}`]?: () => AbcdfghjklmnpqrstvwxzbcdfRow[Key];
};
export type AbcdfghjklmnpqrstvwxzbcdfAnswer<T> =
  T extends AbcdfghjklmnpqrstvwxzbcdfRow
    ? { data: T }
    : T extends readonly AbcdfghjklmnpqrstvwxzbcdfRow[]
      ? { data: T; page: Page }
      : never;
export const handlers: Record<
  string,
  (event: AbcdfghjklmnpqrstvwxzbcdfEvent) => void
> = {
  fbcdfghjklmnpqrstvwxzbcdf: (event) => log(event.row),
  obcdfghjklmnpqrstvwxzbcdf: (event) =>
    event.after ? log(event.after) : log(event.before),
};
export const isAbcdfghjklmnpqrstvwxzbcdf = (
  value: unknown,
): value is AbcdfghjklmnpqrstvwxzbcdfRow =>
  typeof value === "object" &&
  value !== null &&
  "fbcdfghjklmnpqrstvwxzbcdf" in value;
export enum AbcdfghjklmnpqrstvwxzbcdfKind {
  First = "fbcdfghjklmnpqrstvwxzbcdf",
  Second = "obcdfghjklmnpqrstvwxzbcdf",
}
declare module "express" {
  interface Request {
    fbcdfghjklmnpqrstvwxzbcdf?: AbcdfghjklmnpqrstvwxzbcdfRow;
  }
}
