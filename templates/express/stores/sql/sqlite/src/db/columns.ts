import { customType } from "drizzle-orm/sqlite-core";

// The driver hands every integer over as a bigint, so that none is rounded.
⟦%- if integer %⟧

export const integer = customType<{ data: number; driverData: bigint }>({
  dataType: () => "integer",
  toDriver: (value) => BigInt(value),
  fromDriver: (value) => Number(value),
});
⟦%- endif %⟧
⟦%- if boolean %⟧

export const boolean = customType<{ data: boolean; driverData: bigint }>({
  dataType: () => "integer",
  toDriver: (value) => (value ? 1n : 0n),
  fromDriver: (value) => value === 1n,
});
⟦%- endif %⟧
⟦%- if bigint %⟧

/** A whole number of more digits than a double holds, as text. */
export const bigint = customType<{ data: string; driverData: bigint }>({
  dataType: () => "integer",
  toDriver: (value) => BigInt(value),
  fromDriver: (value) => String(value),
});
⟦%- endif %⟧
⟦%- if decimal %⟧

/** An exact decimal, stored as a whole number of its last digit's units. */
export const decimal = (name: string, scale: number) =>
  customType<{ data: string; driverData: bigint }>({
    dataType: () => "integer",
    toDriver: (value) => toUnits(value, scale),
    fromDriver: (value) => fromUnits(value, scale),
  })(name);

function toUnits(value: string, scale: number): bigint {
  const [whole = "", fraction = ""] = value.split(".");
  return BigInt(whole + fraction.padEnd(scale, "0"));
}

function fromUnits(units: bigint, scale: number): string {
  const sign = units < 0n ? "-" : "";
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, "0");
  if (scale === 0) return sign + digits;
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
⟦%- endif %⟧
