⟦= imports ⟧
⟦%- if let Some(arguments) = list %⟧

export async function list(req: Request, res: Response): Promise<void> {
  const query = readQuery(⟦= names.camel ⟧Query, req);
  const { rows, total } = await service.list(⟦= arguments ⟧);
⟦%- if let Some(included) = included %⟧
  const data = await withIncluded(rows, query.include⟦= included ⟧);
  res.json({ data, meta: pageMeta(query, total) });
⟦%- else %⟧
⟦%- if shows %⟧
  const data = ⟦= list_view ⟧;
  res.json({ data, meta: pageMeta(query, total) });
⟦%- else %⟧
  res.json({ data: ⟦= list_view ⟧, meta: pageMeta(query, total) });
⟦%- endif %⟧
⟦%- endif %⟧
}
⟦%- endif %⟧
⟦%- if let Some(arguments) = create %⟧

export async function create(req: Request, res: Response): Promise<void> {
  const input = readBody(⟦= names.camel ⟧Create, req);
  const row = await service.create(⟦= arguments ⟧);
⟦%- if shows %⟧
  const [data] = ⟦= views.create ⟧;
  res.status(201).location(`⟦= path ⟧/${row.id}`);
  res.json({ data });
⟦%- else %⟧
  res.status(201).location(`⟦= path ⟧/${row.id}`);
  res.json({ data: ⟦= views.create ⟧ });
⟦%- endif %⟧
}
⟦%- endif %⟧
⟦%- if let Some(arguments) = get %⟧

export async function get(req: Request, res: Response): Promise<void> {
  const row = await service.get(⟦= arguments ⟧);
⟦%- if let Some(included) = included %⟧
  const { include } = readQuery(⟦= names.camel ⟧Parameters, req);
  const [data] = await withIncluded([row], include⟦= included ⟧);
  res.json({ data });
⟦%- else %⟧
  readQuery(noParameters, req);
⟦%- if shows %⟧
  const [data] = ⟦= views.get ⟧;
  res.json({ data });
⟦%- else %⟧
  res.json({ data: ⟦= views.get ⟧ });
⟦%- endif %⟧
⟦%- endif %⟧
}
⟦%- endif %⟧
⟦%- if let Some(admit) = admit_update %⟧

/** Answers 404 and 403 before the body is read; the change itself looks again. */
export async function admitUpdate(req: Request, ⟦= admit.response ⟧: Response, next: NextFunction): Promise<void> {
  await service.⟦= admit.call ⟧;
  next();
}
⟦%- endif %⟧
⟦%- if let Some(arguments) = replace %⟧

export async function replace(req: Request, res: Response): Promise<void> {
  const input = readBody(⟦= names.camel ⟧Replace, req);
  const row = await service.⟦= replaces ⟧(⟦= arguments ⟧, input);
⟦%- if shows %⟧
  const [data] = ⟦= views.update ⟧;
  res.json({ data });
⟦%- else %⟧
  res.json({ data: ⟦= views.update ⟧ });
⟦%- endif %⟧
}
⟦%- endif %⟧
⟦%- if let Some(arguments) = update %⟧

export async function update(req: Request, res: Response): Promise<void> {
  const changes = readBody(⟦= names.camel ⟧Update, req);
  const row = await service.update(⟦= arguments ⟧, changes);
⟦%- if shows %⟧
  const [data] = ⟦= views.update ⟧;
  res.json({ data });
⟦%- else %⟧
  res.json({ data: ⟦= views.update ⟧ });
⟦%- endif %⟧
}
⟦%- endif %⟧
⟦%- if let Some(remove) = remove %⟧

export async function remove(req: Request, res: Response): Promise<void> {
  await service.⟦= remove.call ⟧;
  readQuery(noParameters, req);
  await service.remove(⟦= remove.response ⟧);
  res.status(204).end();
}
⟦%- endif %⟧
