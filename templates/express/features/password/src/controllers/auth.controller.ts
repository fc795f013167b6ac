⟦= imports ⟧

declare global {
  namespace Express {
    interface Locals {
      credentials?: Credentials;
    }
  }
}

export async function register(req: Request, res: Response): Promise<void> {
  const session = await service.register(readBody(registration, req));
  res.status(201).json({ data: ⟦= awaits ⟧sessionView(session) });
}

/** Reads who wants to log in, because attempts are counted per account too. */
export const readCredentials: RequestHandler = (req, res, next) => {
  res.locals.credentials = readBody(credentials, req);
  next();
};

export async function logIn(req: Request, res: Response): Promise<void> {
  const session = await service.logIn(readBody(credentials, req));
  res.json({ data: ⟦= awaits ⟧sessionView(session) });
}

export async function refresh(req: Request, res: Response): Promise<void> {
  const { ⟦= keys.member("refresh_token") ⟧ } = readBody(refreshRequest, req);
  const session = await service.refresh(refreshToken);
  res.json({ data: ⟦= awaits ⟧sessionView(session) });
}

export async function logOut(req: Request, res: Response): Promise<void> {
  const { ⟦= keys.member("refresh_token") ⟧ } = readBody(refreshRequest, req);
  await service.logOut(refreshToken);
  res.status(204).end();
}
⟦%- if shows %⟧

export async function me(req: Request, res: Response): Promise<void> {
  const user = userOf(res);
  readQuery(noParameters, req);
  const [data] = ⟦= view ⟧;
  res.json({ data });
}
⟦%- else %⟧

export function me(req: Request, res: Response): void {
  const user = userOf(res);
  readQuery(noParameters, req);
  res.json({ data: ⟦= view ⟧ });
}
⟦%- endif %⟧
⟦%- if has_profile %⟧

export async function updateMe(req: Request, res: Response): Promise<void> {
  const user = await service.updateMe(userOf(res), readBody(profileChange, req));
⟦%- if shows %⟧
  const [data] = ⟦= view ⟧;
  res.json({ data });
⟦%- else %⟧
  res.json({ data: ⟦= view ⟧ });
⟦%- endif %⟧
}
⟦%- endif %⟧

⟦%- if let Some(own) = own %⟧

/** Answers 404 and 403 before the body is read; the change itself looks again. */
export async function admitUpdate(_req: Request, res: Response, next: NextFunction): Promise<void> {
  const caller = userOf(res);
  await users.⟦= own.admit ⟧;
  next();
}

export async function updateMe(req: Request, res: Response): Promise<void> {
  const caller = userOf(res);
  const user = await users.update(⟦= own.arguments ⟧, readBody(userUpdate, req));
⟦%- if shows %⟧
  const [data] = ⟦= view ⟧;
  res.json({ data });
⟦%- else %⟧
  res.json({ data: ⟦= view ⟧ });
⟦%- endif %⟧
}

⟦% endif -%⟧
/** Goes before the limit, which counts only what can be an attempt. */
export const checkPasswordChange: RequestHandler = (req, _res, next) => {
  readBody(passwordChange, req);
  next();
};

export async function changePassword(req: Request, res: Response): Promise<void> {
  const change = readBody(passwordChange, req);
  const session = await service.changePassword(userOf(res), change);
  res.json({ data: ⟦= awaits ⟧sessionView(session) });
}
⟦%- if shows %⟧

async function sessionView({ user, accessToken, refreshToken }: service.Session) {
  const [shown] = ⟦= view ⟧;
⟦%- else %⟧

function sessionView({ user, accessToken, refreshToken }: service.Session) {
⟦%- endif %⟧
  return {
    user: ⟦% if shows %⟧shown⟦% else %⟧⟦= view ⟧⟦% endif %⟧,
    ⟦= keys.member("access_token") ⟧,
    ⟦= keys.member("refresh_token") ⟧,
    ⟦= keys.name("expires_in") ⟧: accessTokenSeconds,
  };
}
