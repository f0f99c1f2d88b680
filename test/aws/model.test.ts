// The generated table against the SDK that is installed: when the SDK is renewed and AWS changed something, this fails
// until test/support/aws-model.ts has been run again.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stsExtensions } from '../../src/aws/extensions.ts'
import { iamFaults, stsFaults } from '../../src/aws/faults.ts'
import { iamModel, stsModel } from '../../src/aws/model.generated.ts'
import { type ModelText, type Shape, serviceModel } from '../../src/aws/model.ts'
import { errorsOf, type SdkSchema, sdkKind, sdkSchemas } from '../support/aws-model.ts'

const texts = { iam: iamModel(), sts: stsModel() } as const

/** Name → type and necessity, in the words both sides share. */
type Members = Record<string, string>

const kinds: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  [0, 'string'],
  [1, 'integer'],
  [2, 'boolean'],
  [4, 'timestamp'],
  [21, 'blob'],
])

function sdkType(schema: SdkSchema): string {
  const known = typeof schema === 'function' ? schema() : schema
  if (typeof known === 'number')
    return known >= 128 ? 'map' : known >= 64 ? 'list' : (kinds.get(known) ?? '?')
  if (typeof known === 'string') return known
  const parts = known as readonly unknown[]
  if (parts.length === 2) return sdkType(parts[0] as SdkSchema)
  if (parts[0] === 0) return sdkType(parts[4] as SdkSchema)
  return parts[0] === sdkKind.list ? 'list' : parts[0] === sdkKind.map ? 'map' : 'structure'
}

function sdkMembers(schema: SdkSchema): Members {
  const known = typeof schema === 'function' ? schema() : schema
  if (typeof known !== 'object') return {}
  const [, , , , names, types, required] = known as unknown as [0, 0, 0, 0, string[], SdkSchema[], number?]
  return Object.fromEntries(
    names.map((name, i) => [name, `${sdkType(types[i]!)}${i < (required ?? 0) ? ', required' : ''}`]).sort(),
  )
}

const ourMembers = (shape: Shape | undefined): Members =>
  shape?.type === 'structure'
    ? Object.fromEntries(
        shape.members
          .map(({ name, required, shape: of }) => [name, `${of.type}${required ? ', required' : ''}`])
          .sort(),
      )
    : {}

for (const name of ['iam', 'sts'] as const)
  test(`the ${name} table has the actions, members and error statuses of the installed SDK`, async () => {
    const sdk = await sdkSchemas(name)
    const operations = [...sdk].filter(([, schema]) => schema[0] === sdkKind.operation)
    const { actions } = serviceModel(name)
    const ofAws = [...actions.keys()].filter((action) => !Object.hasOwn(stsExtensions.actions, action))
    assert.deepEqual(ofAws.sort(), operations.map(([action]) => action).sort())
    for (const [action, schema] of operations) {
      const [input, output] = [sdkMembers(schema[4] as SdkSchema), sdkMembers(schema[5] as SdkSchema)]
      const ours = actions.get(action)
      assert.deepEqual(ourMembers(ours?.input), input, `${action} input`)
      assert.deepEqual(ourMembers(ours?.output), output, `${action} output`)
    }
    const { errors } = JSON.parse(texts[name]) as ModelText
    assert.deepEqual(errors, Object.fromEntries(Object.entries(errorsOf(sdk)).sort()))
  })

/** From the "Common Errors" pages and as recorded: codes no service model lists. */
const common = new Map([
  ['AccessDenied', 403],
  ['ExpiredTokenException', 400],
  ['IncompleteSignature', 400],
  ['InternalFailure', 500],
  ['InvalidAction', 400],
  ['InvalidClientTokenId', 403],
  ['InvalidParameterValue', 400],
  ['MalformedInput', 400],
  ['MissingAuthenticationToken', 403],
  ['RequestEntityTooLarge', 413],
  ['RequestExpired', 400],
  ['ServiceUnavailable', 503],
  ['SignatureDoesNotMatch', 403],
  ['Throttling', 400],
  ['ValidationError', 400],
])

test('every fault has the status its service gives it', () => {
  for (const [name, faults] of [
    ['iam', iamFaults],
    ['sts', stsFaults],
  ] as const) {
    const { errors } = JSON.parse(texts[name]) as ModelText
    const other = (JSON.parse(texts[name === 'iam' ? 'sts' : 'iam']) as ModelText).errors
    for (const [problem, { code, status }] of Object.entries(faults))
      assert.equal(status, errors[code] ?? common.get(code) ?? other[code], `${name} ${problem} ${code}`)
  }
})
