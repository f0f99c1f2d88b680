// Design §5: AssumeRoleWithWebIdentity of a warm issuer goes out to nobody, and writes its audit entry alone.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { openTrail } from '../../../src/audit/trail.ts'
import { IssuerKeys } from '../../../src/federation/workload/issuer-keys.ts'
import { assumeRoleWithWebIdentity } from '../../../src/sts/operation/web-identity.ts'
import { jwks, openStage, outsideIssuer, trusting } from '../stage.ts'

const writes = ['create', 'update', 'delete', 'take'] as const

test('from a warm issuer there is no network call, and one store write: the audit entry', async (t) => {
  const s = await openStage(t)
  const provider = await s.provider({ keys: { from: 'discovery' } })
  const roleArn = await s.role('deploy', trusting({ Federated: provider }, ['sts:AssumeRoleWithWebIdentity']))
  const fetched: string[] = []
  const issuerKeys = new IssuerKeys({
    now: () => s.state.now,
    fetch: async (url) => {
      fetched.push(url)
      const jwksUri = `${outsideIssuer}/keys`
      const body = url === jwksUri ? jwks : JSON.stringify({ issuer: outsideIssuer, jwks_uri: jwksUri })
      return { status: 200, headers: new Map(), body: Buffer.from(body) }
    },
  })
  const audit = await openTrail({
    store: s.store,
    key: () => ({ kid: 'audit', secret: randomBytes(32) }),
    clock: () => s.state.now,
  })
  const web = assumeRoleWithWebIdentity({ ...s.parts, issuerKeys, audit })
  const become = async (n: number) =>
    web(
      {
        roleArn,
        roleSessionName: 'session',
        webIdentityToken: await s.outsideToken({ jti: String(n), sub: `repo:acme/app:${n}` }),
      },
      s.circumstances(),
    )
  await become(0)
  assert.equal(fetched.length, 2)
  const written: string[] = []
  for (const verb of writes) {
    const real = s.store[verb].bind(s.store) as (...args: unknown[]) => Promise<never>
    Object.assign(s.store, {
      [verb]: (...args: unknown[]) => {
        written.push(`${verb} ${String(args[0])}`)
        return real(...args)
      },
    })
  }
  for (let n = 1; n <= 5; n++) await become(n)
  assert.equal(fetched.length, 2)
  assert.deepEqual(written, Array<string>(5).fill('create auditEntry'))
})
