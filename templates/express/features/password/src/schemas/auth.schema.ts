⟦= imports ⟧

export const registration = z.strictObject({
  email: email(),
  password: string(⟦= password_min ⟧, ⟦= password_max ⟧),
⟦%- for (name, schema) in fields %⟧
  ⟦= name ⟧: ⟦= schema ⟧,
⟦%- endfor %⟧
});

// A password that is too short today may date from a time when it was not.
export const credentials = z.strictObject({
  email: email(),
  password: string(1, ⟦= password_max ⟧),
});

export const refreshRequest = z.strictObject({
  ⟦= keys.name("refresh_token") ⟧: string(1, 512),
});

export const passwordChange = z.strictObject({
  ⟦= keys.name("current_password") ⟧: string(1, ⟦= password_max ⟧),
  ⟦= keys.name("new_password") ⟧: string(⟦= password_min ⟧, ⟦= password_max ⟧),
});
⟦%- if !changes.is_empty() %⟧

/** What users may change of themselves. */
export const profileChange = z.strictObject({
⟦%- for (name, schema) in changes %⟧
  ⟦= name ⟧: ⟦= schema ⟧.optional(),
⟦%- endfor %⟧
});
⟦%- endif %⟧

export type Registration = z.output<typeof registration>;
export type Credentials = z.output<typeof credentials>;
export type PasswordChange = z.output<typeof passwordChange>;
⟦%- if !changes.is_empty() %⟧
export type ProfileChange = z.output<typeof profileChange>;
⟦%- endif %⟧
