export interface ⟦= n.class ⟧Repository<Row extends ⟦= n.class ⟧Row = ⟦= n.class ⟧Row> extends Repository<Row> {
  readonly ⟦= n.field ⟧: string;
  find(filter: ⟦= n.class ⟧Filter, page: Page, options?: { ⟦= n.other ⟧?: boolean }): Promise<readonly Row[]>;
  [key: string]: unknown;
}

export type ⟦= n.class ⟧Event = | { type: "⟦= n.field ⟧"; row: ⟦= n.class ⟧Row } | { type: "⟦= n.other ⟧"; before: ⟦= n.class ⟧Row; after: ⟦= n.class ⟧Row };
export type ⟦= n.class ⟧Keys = { [Key in keyof ⟦= n.class ⟧Row as `get${Capitalize<Key>}`]?: () => ⟦= n.class ⟧Row[Key] };
export type ⟦= n.class ⟧Answer<T> = T extends ⟦= n.class ⟧Row ? { data: T } : T extends readonly ⟦= n.class ⟧Row[] ? { data: T; page: Page } : never;
export const handlers: Record<string, (event: ⟦= n.class ⟧Event) => void> = { ⟦= n.field ⟧: (event) => log(event.row), ⟦= n.other ⟧: (event) => (event.after ? log(event.after) : log(event.before)) };
export const is⟦= n.class ⟧ = (value: unknown): value is ⟦= n.class ⟧Row => typeof value === "object" && value !== null && "⟦= n.field ⟧" in value;
export enum ⟦= n.class ⟧Kind { First = "⟦= n.field ⟧", Second = "⟦= n.other ⟧" }
declare module "express" { interface Request { ⟦= n.field ⟧?: ⟦= n.class ⟧Row } }
