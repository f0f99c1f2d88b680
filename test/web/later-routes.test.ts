// Routes that are loaded when a request first asks for one of them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type LaterRoutes, laterRouterOf } from '../../src/web/later-routes.ts'
import type { Route } from '../../src/web/route.ts'

const route = (path: string): Route => ({ method: 'GET', path, access: 'public', run: () => undefined })

/** Routes at `paths`, and how often they were loaded. */
function group(below: readonly string[], paths: readonly string[]) {
  const counted = { loads: 0 }
  const routes: LaterRoutes = {
    below,
    async load() {
      counted.loads += 1
      return paths.map(route)
    },
  }
  return { counted, routes }
}

test('the first request for routes loads them, and requests at the same time share that', async () => {
  const console = group(['/console', '/assets/editor'], ['/console', '/console/people/:person'])
  const admin = group(['/v1/admin'], ['/v1/admin/people'])
  const lookup = laterRouterOf([console.routes, admin.routes])
  const found = await Promise.all(
    ['/console', '/console/people/ada', '/console/nothing', '/assets/editor/x'].map((path) =>
      lookup('GET', path),
    ),
  )
  assert.deepEqual(
    found.map((one) => (one.found === 'route' ? [one.match.route.path, { ...one.match.params }] : one.found)),
    [['/console', {}], ['/console/people/:person', { person: 'ada' }], 'nothing', 'nothing'],
  )
  assert.deepEqual(await lookup('POST', '/console'), { found: 'path', methods: ['GET'] })
  assert.equal(console.counted.loads, 1)
  assert.equal(admin.counted.loads, 0)
})

for (const path of ['/', '/consoles', '/Console', '/v1', '/v1/administrators', '/v1/admin%2fpeople'])
  test(`${path} loads nothing`, async () => {
    const { counted, routes } = group(['/console', '/v1/admin'], ['/console'])
    assert.deepEqual(await laterRouterOf([routes])('GET', path), { found: 'nothing' })
    assert.equal(counted.loads, 0)
  })

test('a load that failed is tried again by the next request', async () => {
  const failures = [new Error('too many open files')]
  const lookup = laterRouterOf([
    {
      below: ['/console'],
      async load() {
        const failure = failures.pop()
        if (failure) throw failure
        return [route('/console')]
      },
    },
  ])
  await assert.rejects(lookup('GET', '/console'), /too many open files/)
  assert.equal((await lookup('GET', '/console')).found, 'route')
})

test('a route elsewhere than its group says would not be found, and is a bug', async () => {
  const { routes } = group(['/console'], ['/console', '/consoles'])
  await assert.rejects(laterRouterOf([routes])('GET', '/console'), {
    name: 'TypeError',
    message: '/consoles is not below /console',
  })
})
