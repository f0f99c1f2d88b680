// Makes src/aws/model.generated.ts. Two sources: botocore's service-2.json (Apache-2.0) knows lengths, patterns and
// enums; the installed @aws-sdk clients are newer and know every action and member. Run again when either is renewed:
//   node test/support/aws-model.ts <botocore>/data/iam/2010-05-08/service-2.json.gz <…>/sts/2011-06-15/service-2.json.gz
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { ModelText, ShapeText } from '../../src/aws/model.ts'

interface BotoShape {
  readonly type: string
  readonly members?: Readonly<Record<string, { readonly shape: string }>>
  readonly required?: readonly string[]
  readonly member?: { readonly shape: string }
  readonly key?: { readonly shape: string }
  readonly value?: { readonly shape: string }
  readonly min?: number
  readonly max?: number
  readonly pattern?: string
  readonly enum?: readonly string[]
  readonly sensitive?: boolean
  readonly exception?: boolean
  readonly error?: { readonly code: string; readonly httpStatusCode: number }
}
interface BotoService {
  readonly metadata: {
    readonly apiVersion: string
    readonly xmlNamespace: string
    readonly endpointPrefix: string
  }
  readonly operations: Readonly<
    Record<
      string,
      { readonly input?: { readonly shape: string }; readonly output?: { readonly shape: string } }
    >
  >
  readonly shapes: Readonly<Record<string, BotoShape>>
}

/** The SDK's own spelling of a schema (@smithy/core/schema): a number, a thunk, or `[kind, namespace, name, …]`. */
export type SdkSchema = number | 'unit' | readonly unknown[] | (() => SdkSchema)
export type SdkSchemas = ReadonlyMap<string, readonly unknown[]>

/** Every schema a client exports, by shape name: `CreateUser$` and its kin. */
export async function sdkSchemas(service: 'iam' | 'sts'): Promise<SdkSchemas> {
  const client: Record<string, unknown> = await import(`@aws-sdk/client-${service}`)
  return new Map(
    Object.entries(client)
      .filter(
        (entry): entry is [string, readonly unknown[]] => entry[0].endsWith('$') && Array.isArray(entry[1]),
      )
      .map(([name, schema]) => [name.slice(0, -1), schema]),
  )
}

export const sdkKind = { list: 1, map: 2, structure: 3, union: 4, error: -3, operation: 9 } as const
const scalars: ReadonlyMap<number, string> = new Map([
  [0, 'string'],
  [1, 'integer'],
  [2, 'boolean'],
  [4, 'timestamp'],
  [21, 'blob'],
])

type Shapes = Map<string, ShapeText>

function fromBoto(shape: BotoShape): ShapeText {
  const { type, min, max, sensitive } = shape
  return {
    type: type as ShapeText['type'],
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(shape.pattern === undefined ? {} : { pattern: shape.pattern }),
    ...(shape.enum === undefined ? {} : { enum: shape.enum }),
    ...(sensitive === true ? { sensitive } : {}),
    ...(shape.members && { members: mapValues(shape.members, (member) => member.shape) }),
    ...(shape.required && shape.required.length > 0 ? { required: shape.required } : {}),
    ...(shape.member && { item: shape.member.shape }),
    ...(shape.value && { value: shape.value.shape }),
  }
}

/** The shape a schema stands for, by name, once it and all it holds are in `shapes`. */
function addSdk(schema: SdkSchema, shapes: Shapes): string {
  const known = typeof schema === 'function' ? schema() : schema
  if (known === 'unit') return 'unit'
  if (typeof known === 'number') return scalarOrCollection(known, shapes)
  if (known.length === 2) return addSdk((known as readonly unknown[])[0] as SdkSchema, shapes)
  const [kind, , name, , first, second, third] = known as [
    number,
    string,
    string,
    unknown,
    unknown,
    unknown,
    unknown,
  ]
  if (kind === 0) return addSdk(first as number, shapes)
  if (kind === sdkKind.structure || kind === sdkKind.union)
    addStructure(name, first as string[], second as SdkSchema[], third, shapes)
  else if (!shapes.has(name)) {
    shapes.set(name, { type: 'list' })
    if (kind === sdkKind.list) shapes.set(name, { type: 'list', item: addSdk(first as SdkSchema, shapes) })
    else shapes.set(name, { type: 'map', value: addSdk(second as SdkSchema, shapes) })
  }
  return name
}

function scalarOrCollection(code: number, shapes: Shapes): string {
  const base = scalars.get(code & 63)
  if (base === undefined) throw new Error(`unknown schema ${code}`)
  if (code < 64) return base
  const name = `${base}${code < 128 ? 'List' : 'Map'}`
  shapes.set(name, code < 128 ? { type: 'list', item: base } : { type: 'map', value: base })
  return name
}

/** Members that botocore knows keep their constraints; the SDK says which there are, and which are required. */
function addStructure(
  name: string,
  names: string[],
  schemas: SdkSchema[],
  required: unknown,
  shapes: Shapes,
): void {
  const old = shapes.get(name)
  const members: Record<string, string> = { ...old?.members }
  shapes.set(name, { ...old, type: 'structure', members })
  for (const [i, member] of names.entries()) members[member] ??= addSdk(schemas[i] as SdkSchema, shapes)
  const needed = names.slice(0, typeof required === 'number' ? required : 0)
  shapes.set(name, { type: 'structure', members, ...(needed.length > 0 ? { required: needed } : {}) })
}

function modelOf(service: 'iam' | 'sts', boto: BotoService, sdk: SdkSchemas): ModelText {
  const shapes: Shapes = new Map(Object.entries(boto.shapes).map(([name, shape]) => [name, fromBoto(shape)]))
  const actions: Record<string, [string | null, string | null]> = {}
  for (const [name, schema] of [...sdk].filter(([, s]) => s[0] === sdkKind.operation)) {
    const [input, output] = [schema[4], schema[5]].map((s) => addSdk(s as SdkSchema, shapes))
    const has = (shape: string | undefined) =>
      shape !== undefined && Object.keys(shapes.get(shape)?.members ?? {}).length > 0 ? shape : null
    actions[name] = [has(input), has(output)]
  }
  const { apiVersion, xmlNamespace } = boto.metadata
  return {
    service,
    version: apiVersion,
    namespace: xmlNamespace,
    actions: sorted(actions),
    errors: sorted(errorsOf(sdk)),
    shapes: sorted(reached(actions, shapes)),
  }
}

/** Error code on the wire → status. */
export function errorsOf(sdk: SdkSchemas): Record<string, number> {
  const errors: Record<string, number> = {}
  for (const schema of sdk.values()) {
    if (schema[0] !== sdkKind.error) continue
    const traits = schema[3] as { readonly awsQueryError?: readonly [string, number] }
    if (traits.awsQueryError) errors[traits.awsQueryError[0]] = traits.awsQueryError[1]
  }
  return errors
}

function reached(actions: ModelText['actions'], shapes: Shapes): Record<string, ShapeText> {
  const kept: Record<string, ShapeText> = {}
  const visit = (name: string | null | undefined): void => {
    const shape = name ? shapes.get(name) : undefined
    if (!name || !shape || name in kept) return
    kept[name] = shape
    for (const next of [...Object.values(shape.members ?? {}), shape.item, shape.value]) visit(next)
  }
  for (const both of Object.values(actions)) for (const name of both) visit(name)
  return kept
}

const mapValues = <A, B>(record: Readonly<Record<string, A>>, f: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, f(value)]))

const sorted = <A>(record: Readonly<Record<string, A>>): Record<string, A> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))

/** One line per action and shape, so that a renewal reads as a diff. */
function lines(model: ModelText): string {
  const table = (entries: object) =>
    `{\n${Object.entries(entries)
      .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
      .join(',\n')}\n}`
  const { actions, errors, shapes, ...head } = model
  const text = `${JSON.stringify(head).slice(0, -1)},"errors":${table(errors)},"actions":${table(actions)},"shapes":${table(shapes)}}`
  if (/`|\$\{/.test(text)) throw new Error('the model holds a template character')
  JSON.parse(text)
  return text
}

async function generate(inputs: readonly string[]): Promise<void> {
  const parts = await Promise.all(
    inputs.map(async (path) => {
      const bytes = readFileSync(path)
      const boto = JSON.parse((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()) as BotoService
      const service = boto.metadata.endpointPrefix === 'iam' ? 'iam' : 'sts'
      return `export const ${service}Model = () => String.raw\`${lines(modelOf(service, boto, await sdkSchemas(service)))}\`\n`
    }),
  )
  const head = `// Generated by test/support/aws-model.ts from botocore's service models (Apache-2.0) and the @aws-sdk clients. Not edited.\n`
  writeFileSync(join(import.meta.dirname, '../../src/aws/model.generated.ts'), head + parts.join('\n'))
}

if (import.meta.main) await generate(process.argv.slice(2))
