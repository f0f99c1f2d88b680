// docs/ways-in.md says what the tables of ways in say: it is written by this test when CHANCERY_WRITE_DOCS=1.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { test } from 'node:test'
import { grantWays } from '../src/oidc/grant-checks.ts'
import { waysIn } from '../src/sts/gate/ways.ts'
import { type Cell, checkNames, checks } from '../src/sts/gate.ts'

const page = resolve(import.meta.dirname, '../docs/ways-in.md')
const rows = Object.entries({ ...waysIn, ...grantWays })

const cellText = (cell: Cell<never>): string => {
  if (typeof cell === 'function') return 'checked'
  return 'checkedBy' in cell ? `checked by ${cell.checkedBy}` : `does not apply: ${cell.notApplicable}`
}

const columns = checkNames.map((check) => {
  const lines = rows.map(([way, row]) => `| \`${way}\` | ${cellText(row.checks[check])} |`)
  return `## \`${check}\`\n\n${checks[check]}\n\n| way in | check |\n|---|---|\n${lines.join('\n')}\n`
})

const throttle = rows.map(
  ([way, row]) =>
    `| \`${way}\` | ${typeof row.throttle === 'string' ? 'at most 30 at once and 1 a second per address' : row.throttle.notApplicable} |`,
)

const text = `# Ways in

Every way of getting a credential from Chancery passes one ordered list of named checks. This page is written from the tables that
the server runs (\`src/sts/gate/ways.ts\`, \`src/oidc/grant-checks.ts\`); a test holds it to them.

- The checks run in the order of this page. The first that refuses ends the request.
- Each request has one entry in the audit trail, durable before the answer. When the trail cannot be written, the answer is
  \`temporarily_unavailable\` (503) or \`ServiceUnavailable\`, nothing is given out, and a code or refresh token that was redeemed for
  it may be used again.
- A refusal has a line in the log, \`a request for credentials was refused\`, with \`check\`, \`who\`, \`clientId\`, \`sourceIp\`,
  \`requestId\` and a \`reason\` that says what was wanted and what was seen. The caller learns less.
- Audit entries of refusals whose sender is not known are cut to a few hundred bytes per field (\`src/audit/refused-event.ts\`).

${columns.join('\n')}
## Refusals on record

How many refusals of one address leave an audit entry and a line in the log. Those that are left out are counted in the next
entry (\`leftOut\`).

| way in | refusals |
|---|---|
${throttle.join('\n')}
`

test('docs/ways-in.md is what the tables say', () => {
  if (process.env['CHANCERY_WRITE_DOCS'] === '1') writeFileSync(page, text)
  assert.equal(readFileSync(page, 'utf8'), text)
})
