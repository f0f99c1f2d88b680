// scim2-tester, the conformance checks of the SCIM client library for Python, against a running server. `npm run test:clients`;
// .ci/clients installs it.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { scimToken } from '../../admin/scim/client.ts'
import { lacking } from '../../support/outside-tool.ts'
import { startServer } from '../../support/server.ts'

const installed = process.env['CHANCERY_TEST_CLIENTS'] ?? join(homedir(), '.cache/chancery-test-clients')
const python = join(installed, 'python/bin/python')

const program = `
import json, os, sys
from httpx2 import Client
from scim2_client.engines.httpx2 import SyncSCIMClient
from scim2_tester import check_server, filling

# The tester fills in random text; these have a form that a schema cannot state. The one value that is stored is primary.
values = {"locale": "de-DE", "timezone": "Europe/Berlin"}
random_value = filling.generate_random_value

def valid_value(context, path, *args, **more):
    value = random_value(context, path, *args, **more)
    if value is None:
        return None
    if str(path).endswith("primary"):
        return True
    return values.get(str(path).rpartition(":")[2], value)

for module in list(sys.modules.values()):
    if module.__name__.startswith("scim2_tester") and hasattr(module, "generate_random_value"):
        module.generate_random_value = valid_value

http = Client(base_url=os.environ["SCIM_URL"], headers={"Authorization": "Bearer " + os.environ["SCIM_TOKEN"]})
for result in check_server(SyncSCIMClient(http)):
    print(json.dumps({
        "status": result.status.name,
        "title": result.title,
        "resource": result.resource_type,
        "reason": result.reason,
    }))
`

interface Result {
  readonly status: string
  readonly title: string
  readonly resource: string | null
  readonly reason: string | null
}

/** Where the tester asks for more than RFC 7643 does. */
const accepted: readonly (readonly [title: string, reason: RegExp])[] = [
  // Without a value a person is active, and `active` is in every answer.
  ['check_remove_attribute', /did not remove attribute 'active'/],
  // Members are answered with `display`, which is read-only, so they are not equal to what was sent.
  ['check_add_attribute', /unexpected value for 'members'.*display=None.*display='/s],
  ['check_replace_attribute', /unexpected value for 'members'.*display=None.*display='/s],
]
const isAccepted = ({ title, reason }: Result): boolean =>
  accepted.some(([name, pattern]) => name === title && pattern.test(reason ?? ''))

test('the checks of scim2-tester pass', {
  skip: lacking(python, '--version'),
  timeout: 120_000,
}, async (t) => {
  const server = await startServer()
  t.after(() => server.stop())
  const { stdout } = await promisify(execFile)(python, ['-c', program], {
    env: { SCIM_URL: `${server.url}/scim/v2`, SCIM_TOKEN: await scimToken(server, 'directory') },
    timeout: 100_000,
    maxBuffer: 16e6,
  })
  const results = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Result)
  const counts = Map.groupBy(results, ({ status }) => status)
  t.diagnostic([...counts].map(([status, list]) => `${list.length} ${status}`).join(', '))
  assert.ok(results.length > 50, stdout)
  assert.deepEqual(
    results.filter((one) => one.status !== 'SUCCESS' && one.status !== 'SKIPPED' && !isAccepted(one)),
    [],
  )
})
