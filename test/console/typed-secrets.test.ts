// Secrets that the form of a provider carries from one time to the next: what they are bound to, and what takes their place.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kindNamed } from '../../src/console/providers/kinds.ts'
import {
  keptSecrets,
  sealedSecrets,
  typedSecretsField,
  withTypedSecrets,
} from '../../src/console/providers/typed-secrets.ts'
import { isProblem, Problem } from '../../src/problem.ts'

const fieldsOf = (id: string) => {
  const kind = kindNamed(id)
  return kind === undefined ? [] : [...kind.fields, ...kind.further]
}
/** As somebody in a session. The sealing is not secret here. */
const requestAt = (now: number, sessionId = 's') => ({
  visitor: { userId: 'u', sessionId, authTime: 0, amr: [], acr: undefined, dependencies: [] },
  ports: {
    now: () => now,
    formSecrets: {
      seal: (text: string, purpose: string) =>
        Buffer.from(JSON.stringify([text, purpose])).toString('base64url'),
      open(sealed: string, purpose: string) {
        const [text, own] = JSON.parse(Buffer.from(sealed, 'base64url').toString() || '[]')
        return own === purpose ? (text as string) : undefined
      },
    },
  },
})
const form = (fields: Readonly<Record<string, string>>) => new Map(Object.entries(fields))
const sent = { kind: 'openid', url: 'https://a.example' }
const secret = { 'sign_in.client_secret': 'shh' }
const kept = (names: readonly string[], fields: Readonly<Record<string, string>>): string =>
  sealedSecrets(requestAt(1000), names, form({ ...sent, ...fields }))
const carried = { [typedSecretsField]: kept(['sign_in.client_secret'], secret) }
const read = (fields: Readonly<Record<string, string>>, request = requestAt(1001)) =>
  withTypedSecrets(request, fieldsOf('openid'), form({ ...sent, ...fields }))

test('a secret counts for a quarter of an hour, in its session', () => {
  const { 'sign_in.client_secret': value } = Object.fromEntries(read(carried))
  assert.equal(value, 'shh')
  for (const request of [requestAt(1900), requestAt(1001, 'other')])
    assert.throws(
      () => read(carried, request),
      (error) =>
        isProblem(error, 'validation') &&
        error.fields?.map(({ field }) => field).join() === 'sign_in.client_secret',
    )
  assert.equal(
    read({ ...carried, 'sign_in.client_secret': '' }, requestAt(1899)).get('sign_in.client_secret'),
    'shh',
  )
})

test('where it is sent is part of it', () => {
  for (const changed of [{ url: 'https://b.example' }, { ca: 'x' }, { token_endpoint: 'https://b.example' }])
    assert.throws(() => read({ ...carried, ...changed }), Problem, JSON.stringify(changed))
  assert.equal(read({ ...carried, name: 'other' }).get('sign_in.client_secret'), 'shh')
})

test('what is typed takes its place, and so does a secret of the other kind', () => {
  assert.equal(read({ ...carried, 'sign_in.client_secret': 'new' }).get('sign_in.client_secret'), 'new')
  assert.equal(read({ ...carried, 'sign_in.private_key': 'k' }).get('sign_in.client_secret'), undefined)
})

test('only secrets of the form are kept, and none with which something is wrong', () => {
  const typed = form({ ...sent, ...secret, 'sign_in.private_key': 'k', name: 'n' })
  assert.deepEqual(keptSecrets(fieldsOf('openid'), typed, undefined), [
    'sign_in.client_secret',
    'sign_in.private_key',
  ])
  const wrong = (field: string) =>
    new Problem('validation', 'wrong', { fields: [{ field, message: 'is wrong' }] })
  assert.deepEqual(keptSecrets(fieldsOf('openid'), typed, wrong('sign_in.private_key')), [
    'sign_in.client_secret',
  ])
  const pairs = form({ kind: 'saml', 'encryption.keys.private_key': 'k' })
  assert.deepEqual(keptSecrets(fieldsOf('saml'), pairs, wrong('encryption.keys.0')), [])
  const other = { [typedSecretsField]: kept(['name'], { name: 'n' }) }
  assert.equal(read(other).get('name'), undefined)
})
