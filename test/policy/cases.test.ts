// The corpus: plain data that any implementation can run. `cases/README.md` says how a case is read.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { decide } from '../../src/policy/engine/decide.ts'
import { type DocumentKind, parseDocument } from '../../src/policy/language/document.ts'
import { type ContextValue, contextOf, type Principal } from '../../src/policy/request.ts'
import { type ReferenceLayers, referenceDecide } from './reference.ts'
import { layersOf, plain } from './support.ts'

interface DecisionCase {
  readonly name: string
  readonly policies: Readonly<Record<string, readonly unknown[]>>
  readonly request: {
    readonly principal: Principal
    readonly action: string
    readonly resource: string
    readonly resourceAccount?: string
    readonly context: Readonly<Record<string, ContextValue>>
  }
  readonly expect: {
    readonly effect: string
    readonly reason: string
    readonly layer?: string
    readonly statements: readonly string[]
  }
}
interface FaultCase {
  readonly name: string
  readonly document: string
  readonly kind: DocumentKind
  readonly managed?: boolean
  readonly expect: { readonly faults: readonly { line: number; column: number; message: string }[] }
}

const folder = join(import.meta.dirname, 'cases')
const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
const casesOf = (file: string) =>
  JSON.parse(readFileSync(join(folder, file), 'utf8')) as (DecisionCase | FaultCase)[]

/** Documents of layers with links lie one list deeper. */
function textsOf(policies: DecisionCase['policies']): ReferenceLayers {
  const text = (value: unknown): unknown => (Array.isArray(value) ? value.map(text) : JSON.stringify(value))
  return Object.fromEntries(
    Object.entries(policies).map(([layer, documents]) => [layer, text(documents)]),
  ) as unknown as ReferenceLayers
}

function runDecision({ policies, request, expect }: DecisionCase): void {
  const asked = { ...request, context: contextOf(Object.entries(request.context)) }
  const expected = { layer: undefined, ...expect }
  const layers = textsOf(policies)
  assert.deepEqual(plain(decide(asked, layersOf(layers))), expected)
  assert.deepEqual(referenceDecide(asked, layers), expected, 'the reference evaluator')
}

function runFaults({ document, kind, managed, expect }: FaultCase): void {
  const { faults } = parseDocument(document, kind, managed ? { managed } : {})
  const found = faults.map(({ line, column, message }) => `${line}:${column} ${message}`)
  assert.equal(faults.length, expect.faults.length, found.join('\n'))
  for (const [index, fault] of expect.faults.entries()) {
    assert.ok(
      found[index]?.startsWith(`${fault.line}:${fault.column} `),
      `${found[index]} at ${fault.line}:${fault.column}`,
    )
    assert.ok(found[index]?.includes(fault.message), `${found[index]} holds ${fault.message}`)
  }
}

for (const file of files)
  test(`corpus: ${file}`, async (t) => {
    for (const one of casesOf(file))
      await t.test(one.name, () => ('document' in one ? runFaults(one) : runDecision(one)))
  })

test('the corpus holds at least 600 cases', () => {
  assert.ok(files.flatMap(casesOf).length >= 600)
})
