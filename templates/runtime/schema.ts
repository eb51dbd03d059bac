/** The part of JSON Schema 2020-12 that contracts use. */
export interface JsonSchema {
  readonly $id?: string;
  readonly $schema?: string;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly title?: string;
  readonly description?: string;
  readonly type?: JsonType | readonly JsonType[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly format?: string;
}

export type JsonType = "string" | "number" | "integer" | "boolean" | "null" | "array" | "object";

/** What JSON allows in a string and databases refuse. */
const UNSTORABLE = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Checks a value; gives `path: problem` for each thing that is wrong, at most ten. */
export function validate(schema: JsonSchema, value: unknown): readonly string[] {
  const problems: string[] = [];
  check(schema, value, "payload", schema, problems);
  return problems.slice(0, 10);
}

function check(schema: JsonSchema, value: unknown, path: string, root: JsonSchema, problems: string[]): void {
  if (schema.$ref !== undefined) {
    const target = root.$defs?.[schema.$ref.replace("#/$defs/", "")];
    if (target) check(target, value, path, root, problems);
    else problems.push(`${path}: unknown reference ${schema.$ref}`);
    return;
  }
  if (schema.anyOf && !schema.anyOf.some((part) => fits(part, value, root))) {
    problems.push(`${path}: fits none of the allowed forms`);
  }
  if ("const" in schema && value !== schema.const) problems.push(`${path}: must be ${JSON.stringify(schema.const)}`);
  if (schema.enum && !schema.enum.includes(value))
    problems.push(`${path}: must be one of ${JSON.stringify(schema.enum)}`);
  if (schema.type !== undefined) {
    const types = typeof schema.type === "string" ? [schema.type] : schema.type;
    if (!types.some((type) => isType(type, value))) {
      problems.push(`${path}: must be ${types.join(" or ")}, is ${describe(value)}`);
      return;
    }
  }
  if (typeof value === "string" && UNSTORABLE.test(value)) {
    problems.push(`${path}: must be text without NUL or half a surrogate pair`);
  }
  if (schema.format === "date-time" && typeof value === "string" && !isDateTime(value)) {
    problems.push(`${path}: must be a date and time`);
  }
  checkParts(schema, value, path, root, problems);
}

function fits(schema: JsonSchema, value: unknown, root: JsonSchema): boolean {
  const problems: string[] = [];
  check(schema, value, "", root, problems);
  return problems.length === 0;
}

function checkParts(schema: JsonSchema, value: unknown, path: string, root: JsonSchema, problems: string[]): void {
  if (Array.isArray(value)) {
    const { items } = schema;
    if (!items) return;
    value.forEach((item, index) => {
      check(items, item, `${path}[${index}]`, root, problems);
    });
  } else if (value !== null && typeof value === "object") {
    checkObject(schema, value as Record<string, unknown>, path, root, problems);
  }
}

function checkObject(
  schema: JsonSchema,
  value: Record<string, unknown>,
  path: string,
  root: JsonSchema,
  problems: string[],
): void {
  for (const name of schema.required ?? []) {
    if (ownValue(value, name) === undefined) problems.push(`${path}.${name}: is missing`);
  }
  for (const [name, part] of Object.entries(value)) {
    // JSON has no undefined: such a property is not there once it is on the wire.
    if (part === undefined) continue;
    const known = schema.properties && ownValue(schema.properties, name);
    if (known) check(known, part, `${path}.${name}`, root, problems);
    else if (schema.additionalProperties === false) problems.push(`${path}.${name}: is not part of the contract`);
    else if (typeof schema.additionalProperties === "object") {
      check(schema.additionalProperties, part, `${path}.${name}`, root, problems);
    }
  }
}

/** What an object holds by itself: every object has a `constructor`, and no payload means that one. */
function ownValue<T>(object: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.keys(object).includes(name) ? object[name] : undefined;
}

/** RFC 3339, as JSON Schema means it: `Date.parse` alone takes "1" for a date. */
function isDateTime(value: string): boolean {
  return (
    /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/.test(value) && !Number.isNaN(Date.parse(value))
  );
}

function isType(type: JsonType, value: unknown): boolean {
  switch (type) {
    case "null":
      return value === null;
    case "array":
      return Array.isArray(value);
    case "object":
      return value !== null && typeof value === "object" && !Array.isArray(value);
    case "integer":
      return Number.isInteger(value);
    case "number":
      return typeof value === "number" && Number.isFinite(value);
    default:
      return typeof value === type;
  }
}

function describe(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return value instanceof Date ? "a Date (send value.toISOString())" : typeof value;
}
