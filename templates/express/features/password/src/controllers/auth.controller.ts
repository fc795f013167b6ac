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
  res.status(201).json({ data: sessionView(session) });
}

/** Reads who wants to log in, because attempts are counted per account too. */
export const readCredentials: RequestHandler = (req, res, next) => {
  res.locals.credentials = readBody(credentials, req);
  next();
};

export async function logIn(req: Request, res: Response): Promise<void> {
  const session = await service.logIn(readBody(credentials, req));
  res.json({ data: sessionView(session) });
}

export async function refresh(req: Request, res: Response): Promise<void> {
  const { ⟦= keys.member("refresh_token") ⟧ } = readBody(refreshRequest, req);
  const session = await service.refresh(refreshToken);
  res.json({ data: sessionView(session) });
}

export async function logOut(req: Request, res: Response): Promise<void> {
  const { ⟦= keys.member("refresh_token") ⟧ } = readBody(refreshRequest, req);
  await service.logOut(refreshToken);
  res.status(204).end();
}

export function me(req: Request, res: Response): void {
  const user = userOf(res);
  readQuery(noParameters, req);
  res.json({ data: ⟦= view ⟧ });
}
⟦%- if has_profile %⟧

export async function updateMe(req: Request, res: Response): Promise<void> {
  const user = await service.updateMe(userOf(res), readBody(profileChange, req));
  res.json({ data: ⟦= view ⟧ });
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
  res.json({ data: ⟦= view ⟧ });
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
  res.json({ data: sessionView(session) });
}

function sessionView({ user, accessToken, refreshToken }: service.Session) {
  return {
    user: ⟦= view ⟧,
    ⟦= keys.member("access_token") ⟧,
    ⟦= keys.member("refresh_token") ⟧,
    ⟦= keys.name("expires_in") ⟧: accessTokenSeconds,
  };
}
