import schema from './schema.json' with { type: 'json' };

type Fields = Readonly<Record<string, unknown>>;

/** The keys schema.json knows at a path, for "did you mean". */
export function knownKeys(path: readonly string[]): readonly string[] {
  let at: unknown = schema;
  for (const step of path) {
    const here = resolved(at);
    at = /^[0-9]+$/.test(step) && 'items' in here ? here['items'] : fieldsOf(here['properties'])[step];
  }
  return Object.keys(fieldsOf(resolved(at)['properties']));
}

function resolved(at: unknown): Fields {
  const here = fieldsOf(at);
  const reference = here['$ref'];
  return typeof reference === 'string' ? fieldsOf(fieldsOf(schema.definitions)[reference.replace('#/definitions/', '')]) : here;
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
