/** The roles that users can have. */
export const roles = ⟦= roles ⟧ as const;

export type Role = (typeof roles)[number];
