⟦= imports ⟧

export const api = request(createApp());

/** Somebody who sends requests with these headers; the id is that of a user. */
export interface Principal {
  id?: string;
⟦%- if let Some(me) = me %⟧
  user?: ⟦= me.name() ⟧;
⟦%- endif %⟧
  headers: Record<string, string>;
}

export const nobody: Principal = { headers: {} };

/** One of each kind of caller that the rules tell apart. */
export const principals = {
  anyone: async (⟦= unused ⟧): Promise<Principal> => nobody,
⟦%- for principal in principals %⟧
  ⟦= principal.name ⟧: (⟦= given ⟧): Promise<Principal> => ⟦= principal.create ⟧,
⟦%- endfor %⟧
};
