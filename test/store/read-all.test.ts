// 36 (docs/attacks.md): who may hold all records of a lookup at once, and why they are few. Everybody else answers a page, uses
// `Store.count`, or goes through `Store.each` one record after the other.
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const allowed: Readonly<Record<string, string>> = {
  'cli/existing-store.ts': 'a command of its own process: providers and roles of one account',
  'iam/mfa/passkey-records.ts': 'passkeys of one user: twenty at most',
  'iam/mfa/totp-devices.ts': 'authenticators of one user: eight at most',
  'iam/mfa/trusted-browsers.ts': 'trusted browsers of one user: ten, and who signs in at the same moment',
  'iam/people/people.ts': 'access keys of one user: as many as the quota allows',
  'iam/provider/authorized-provider.ts': 'providers of one kind in an account: a hundred at most',
  'iam/provider/replaced-providers.ts': 'providers of one account, once at a start',
  'iam/sign-in/providers.ts': 'providers that the configuration file makes',
  'store/key-store.ts': 'keys of one use that have not expired: a few',
}

const src = join(import.meta.dirname, '../../src')

test('only who is on the list reads everything under a lookup into memory', () => {
  const found = globSync('**/*.ts', { cwd: src })
    .filter((file) => /fromAsync\([^;]*\.each\(/s.test(readFileSync(join(src, file), 'utf8')))
    .sort()
  assert.deepEqual(found, Object.keys(allowed))
})

test('only the store and listed files follow the cursor of `find` in a loop', () => {
  // A loop that gives one page's `next` to the next `find`: `Store.each` does it, with a turn of the event loop between.
  const loops = globSync('**/*.ts', { cwd: src })
    .filter((file) => /\bafter = \w+\.next\b/.test(readFileSync(join(src, file), 'utf8')))
    .sort()
  assert.deepEqual(loops, [
    'audit/chain-reads.ts', // one entry a start of the server, yielded page by page
    'audit/read.ts', // gives the event loop back itself
    'audit/verify.ts', // a command
    'iam/audit/own-activity.ts', // a few pages of readTrail, which gives the event loop back itself
    'iam/authorization/revocation-view.ts', // gives the event loop back itself
    'oidc/session/logout-outbox.ts', // a page per timer, bounded by what is under way
    'store/each.ts',
  ])
})
