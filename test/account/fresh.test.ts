import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Context } from 'koa'
import type { AccountDependencies } from '../../src/account/request.ts'
import { freshAccountRequestOf, recentSignInSeconds } from '../../src/account/request.ts'

const now = 100_000
const mfa = 'urn:chancery:acr:mfa'
const password = 'urn:chancery:acr:password'

interface Case {
  readonly says: string
  readonly age: number
  readonly acr: string | undefined
  readonly devices: number
  readonly fresh: boolean
}

const cases: readonly Case[] = [
  { says: 'just now, with both factors', age: 0, acr: mfa, devices: 1, fresh: true },
  { says: 'just now, with a passkey', age: 10, acr: 'phr', devices: 1, fresh: true },
  { says: 'at the last second', age: recentSignInSeconds - 1, acr: mfa, devices: 1, fresh: true },
  { says: 'too long ago', age: recentSignInSeconds, acr: mfa, devices: 1, fresh: false },
  { says: 'just now, without the factor they have', age: 0, acr: password, devices: 1, fresh: false },
  { says: 'just now, without an acr', age: 0, acr: undefined, devices: 1, fresh: false },
  { says: 'just now, with the only factor they have', age: 0, acr: password, devices: 0, fresh: true },
]

for (const { says, age, acr, devices, fresh } of cases) {
  test(`attacks 20: a sign-in ${says} is ${fresh ? '' : 'not '}recent enough to change sign-in methods`, async () => {
    const asked: unknown[] = []
    const device = { id: 'arn', name: 'phone', since: 0 }
    const parts = {
      now: () => now,
      credentials: {
        profile: async () => ({
          userId: 'AIDA1',
          userName: 'ada',
          authenticators: Array(devices).fill(device),
          passkeys: [],
        }),
      },
      oidc: {
        sessions: {
          current: async () => ({ userId: 'AIDA1', authTime: now - age, amr: [], acr, sessionId: 's' }),
        },
        startSignIn: async (_ctx: Context, returnTo: string, options: unknown) => {
          asked.push([returnTo, options])
        },
      },
      forms: { token: () => 'token' },
    } as unknown as AccountDependencies
    const ctx = { ip: '192.0.2.1', get: () => '', req: {} } as unknown as Context
    const visit = await freshAccountRequestOf(ctx, parts, '/account/password')
    assert.equal(visit !== undefined, fresh)
    const question = {
      maxAge: recentSignInSeconds - 1,
      loginHint: 'ada',
      purpose: 'account',
      ...(devices > 0 ? { acrValues: [mfa] } : {}),
    }
    assert.deepEqual(asked, fresh ? [] : [['/account/password', question]])
  })
}
