// docs/aws-operations.md lists every operation of the service models. This test writes it when CHANCERY_WRITE_DOCS=1.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { test } from 'node:test'
import { stsExtensions } from '../../src/aws/extensions.ts'
import { iamActions } from '../../src/aws/iam.ts'
import { type ServiceName, serviceModel } from '../../src/aws/model.ts'
import { refusedOperations } from '../../src/aws/refused-operations.ts'
import { stsActions } from '../../src/aws/sts.ts'

const page = resolve(import.meta.dirname, '../../docs/aws-operations.md')
/** The tables are built from use cases; only their names are looked at here. */
const anything = new Proxy({}, { get: () => () => undefined }) as never
const built = { sts: stsActions(anything), iam: iamActions(anything) }
const extensions = new Set(Object.keys(stsExtensions.actions))
const names = (service: ServiceName) => [...serviceModel(service).actions.keys()].sort()

const row = (service: ServiceName, name: string): string => {
  const reason = refusedOperations.get(name)
  return `| ${name} | ${built[service].has(name) ? (extensions.has(name) ? 'yes, AWS does not have it' : 'yes') : reason === undefined ? 'no' : `refused by design: ${reason}`} |`
}
const section = (title: string, service: ServiceName): string =>
  `## ${title}\n\n| operation | |\n|---|---|\n${names(service)
    .map((name) => row(service, name))
    .join('\n')}\n`

const text = `# Operations of AWS's models

Every operation of the STS (2011-06-15) and IAM (2010-05-08) service models. This page is written from the tables that the server
runs; a test holds it to them (\`CHANCERY_WRITE_DOCS=1 npm test -- test/aws/operations-page.test.ts\` writes it anew). How each
behaves where AWS leaves a choice is in [aws-compatibility.md](aws-compatibility.md).

${section('STS', 'sts')}
${section('IAM', 'iam')}`

test('docs/aws-operations.md lists every operation of both models', () => {
  if (process.env['CHANCERY_WRITE_DOCS'] === '1') writeFileSync(page, text)
  assert.equal(readFileSync(page, 'utf8'), text, 'run with CHANCERY_WRITE_DOCS=1 to write it anew')
})

test('an operation is built or refused by design, never both', () => {
  const known = new Set([...names('sts'), ...names('iam')])
  for (const name of refusedOperations.keys()) {
    assert.ok(known.has(name), `${name} is in no model`)
    assert.ok(!built.sts.has(name) && !built.iam.has(name), `${name} is built`)
  }
})
